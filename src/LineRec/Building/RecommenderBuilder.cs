namespace LineRec;

/// <summary>Builds a recommender over one snapshot, without a host: for jobs, evaluation and tests.</summary>
/// <remarks>Not thread-safe; what it builds is.</remarks>
/// <param name="services">Services that components ask for; a component from the services is resolved from them once.</param>
public sealed class RecommenderBuilder(IServiceProvider? services = null)
{
    private readonly List<(string Name, Action<IPlacementBuilder> Configure)> _placements = [];
    private readonly RecommenderOptions _options = new();
    private bool _built;

    /// <summary>Registers a placement.</summary>
    /// <param name="name">Its name, once a builder.</param>
    /// <param name="configure">Describes its pipeline.</param>
    /// <exception cref="InvalidOperationException">The recommender is built already.</exception>
    public RecommenderBuilder AddPlacement(string name, Action<IPlacementBuilder> configure)
    {
        if (_built) throw new InvalidOperationException($"Placement '{name}' comes after Build(); add placements before it.");
        ArgumentNullException.ThrowIfNull(configure);
        _placements.Add((name, configure));
        return this;
    }

    /// <summary>Sets the store of user histories. Default: an empty one in memory.</summary>
    /// <param name="histories">The store.</param>
    public RecommenderBuilder UseHistories(IUserHistoryStore histories)
    {
        _options.Histories = histories;
        return this;
    }

    /// <summary>Sets the clock. Default: the system's.</summary>
    /// <param name="timeProvider">The clock.</param>
    public RecommenderBuilder UseTime(TimeProvider timeProvider)
    {
        _options.TimeProvider = timeProvider;
        return this;
    }

    /// <summary>Sets stock and price as of now. Default: the catalog's only.</summary>
    /// <param name="live">The overlay.</param>
    public RecommenderBuilder UseLiveItems(ILiveItems live)
    {
        _options.Live = live;
        return this;
    }

    /// <summary>Logs every answered request. Default: none is logged.</summary>
    /// <param name="exposures">The log; the caller disposes it, after the recommender.</param>
    public RecommenderBuilder UseExposureLog(ExposureLog exposures)
    {
        _options.Exposures = exposures;
        return this;
    }

    /// <summary>Checks everything once and links it to a snapshot.</summary>
    /// <param name="snapshot">The model version; the recommender disposes it at its end.</param>
    /// <exception cref="PipelineException">The pipeline is wrong, or the snapshot lacks what it needs; all faults are listed.</exception>
    public Recommender Build(ModelSnapshot snapshot)
    {
        _built = true;
        var provider = services ?? EmptyServices.Instance;
        return new Recommender(PipelineLinker.Link(PipelineBlueprint.Build(_placements), snapshot, provider, lifetimeOf: null, _options.TimeProvider), _options);
    }
}
