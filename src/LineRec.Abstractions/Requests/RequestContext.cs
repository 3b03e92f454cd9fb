namespace LineRec;

/// <summary>
/// What a component sees of one request: the request, the snapshot it runs on, the user's history. Pooled: nothing of it may be
/// kept after the component's call.
/// </summary>
/// <remarks>Read by several components at once; only the pipeline changes it, between requests.</remarks>
public sealed class RequestContext
{
    private int[] _anchors = new int[8];
    private int _anchorCount;

    /// <summary>The request as the host gave it.</summary>
    public RecommendationRequest Request { get; private set; } = null!;

    /// <summary>The model version that answers.</summary>
    public ModelSnapshot Snapshot { get; private set; } = null!;

    /// <summary>The snapshot's catalog.</summary>
    public Catalog Catalog => Snapshot.Catalog;

    /// <summary>The user's events before <see cref="Time"/>; empty for an unknown user.</summary>
    public UserHistory History { get; } = new();

    /// <summary>The catalog rows of the request's anchor items that the catalog holds, in their order.</summary>
    public ReadOnlySpan<int> Anchors => _anchors.AsSpan(0, _anchorCount);

    /// <summary>The instant the answer is for.</summary>
    public DateTimeOffset Time { get; private set; }

    /// <summary><see cref="Time"/> in milliseconds since 1970-01-01 UTC.</summary>
    public long UnixMilliseconds { get; private set; }

    /// <summary>Seeds whatever is random in the answer.</summary>
    public ulong Seed { get; private set; }

    /// <summary>How many items the slate gets at the most.</summary>
    public int Take { get; private set; }

    /// <summary>Stock and price as of now; null where the host feeds none.</summary>
    public ILiveItems? Live { get; private set; }

    /// <summary>The request's services, for components registered as scoped; null without a container.</summary>
    public IServiceProvider? Services { get; private set; }

    /// <summary>Starts a request: sets every property and empties the history. The pipeline calls it; so may a component's own test.</summary>
    /// <param name="request">The request.</param>
    /// <param name="snapshot">The model version that answers.</param>
    /// <param name="time">The instant the answer is for.</param>
    /// <param name="seed">Seeds whatever is random.</param>
    /// <param name="take">How many items the slate gets at the most.</param>
    /// <param name="live">Stock and price as of now.</param>
    /// <param name="services">The request's services.</param>
    public void Begin(RecommendationRequest request, ModelSnapshot snapshot, DateTimeOffset time, ulong seed, int take, ILiveItems? live = null, IServiceProvider? services = null)
    {
        (Request, Snapshot, Time, Seed, Take, Live, Services) = (request, snapshot, time, seed, take, live, services);
        UnixMilliseconds = time.ToUnixTimeMilliseconds();
        History.Clear();
        _anchorCount = 0;
        var ids = request.AnchorItemIds;
        if (ids.Count > _anchors.Length) _anchors = new int[ids.Count];
        for (int i = 0; i < ids.Count; i++)
        {
            if (snapshot.Catalog.TryGetRow(ids[i], out int row)) _anchors[_anchorCount++] = row;
        }
    }

    /// <summary>Lets go of everything that belongs to the request, so that a pooled context keeps nothing alive.</summary>
    public void End()
    {
        (Request, Snapshot, Live, Services) = (null!, null!, null, null);
        History.Clear();
        _anchorCount = 0;
    }
}
