namespace LineRec;

/// <summary>
/// What a component sees of one request: the request, the snapshot it runs on, the user's history. Pooled: nothing of it may be
/// kept after the component's call.
/// </summary>
/// <remarks>Read by several components at once; only the pipeline changes it, between requests.</remarks>
public sealed class RequestContext
{
    private readonly Lock _scratchGate = new();
    private readonly List<(object? Owner, IRequestScratch Scratch)> _scratch = [];
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

    /// <summary>Where rankers leave the features that they scored with; null where the request isn't logged, and nothing needs to be left.</summary>
    public RankedFeatures? RankedFeatures { get; private set; }

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
    /// <param name="rankedFeatures">Where rankers leave their features.</param>
    public void Begin(RecommendationRequest request, ModelSnapshot snapshot, DateTimeOffset time, ulong seed, int take, ILiveItems? live = null, IServiceProvider? services = null, RankedFeatures? rankedFeatures = null)
    {
        (Request, Snapshot, Time, Seed, Take, Live, Services, RankedFeatures) = (request, snapshot, time, seed, take, live, services, rankedFeatures);
        UnixMilliseconds = time.ToUnixTimeMilliseconds();
        History.Clear();
        ReleaseScratch();
        _anchorCount = 0;
        if (request.AnchorItemIds is not { } ids) return; // a request that was read from JSON may hold nulls, whatever its type says
        if (ids.Count > _anchors.Length) _anchors = new int[ids.Count];
        for (int i = 0; i < ids.Count; i++)
        {
            if (ids[i] is { } id && snapshot.Catalog.TryGetRow(id, out int row)) _anchors[_anchorCount++] = row;
        }
    }

    /// <summary>Lets go of everything that belongs to the request, so that a pooled context keeps nothing alive.</summary>
    public void End()
    {
        (Request, Snapshot, Live, Services, RankedFeatures) = (null!, null!, null, null, null);
        History.Clear();
        ReleaseScratch();
        _anchorCount = 0;
    }

    /// <summary>
    /// Working memory of one owner for this request: a fresh or reset one on first use, the same one until the request ends. The
    /// instances stay with the pooled context, so that in the steady state none is made.
    /// </summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="owner">Whose it is, by reference: the component, or what several components share.</param>
    /// <remarks>Thread-safe. What the scratch itself does under concurrent calls is its own affair.</remarks>
    public T GetScratch<T>(object owner)
        where T : class, IRequestScratch, new()
    {
        lock (_scratchGate)
        {
            int free = -1;
            for (int i = 0; i < _scratch.Count; i++)
            {
                if (_scratch[i].Scratch is not T scratch) continue;
                if (ReferenceEquals(_scratch[i].Owner, owner)) return scratch;
                if (free < 0 && _scratch[i].Owner is null) free = i;
            }

            if (free < 0)
            {
                free = _scratch.Count;
                _scratch.Add((owner, new T()));
            }

            _scratch[free] = (owner, _scratch[free].Scratch);
            return (T)_scratch[free].Scratch;
        }
    }

    /// <summary>An encoder's query vector for this request, computed once however many components ask. Thread-safe.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <returns><see cref="IUserEncoder.Dimension"/> values, valid until the request ends; empty where the encoder has nothing to say about this user.</returns>
    public ReadOnlySpan<float> GetUserVector(IUserEncoder encoder) => GetScratch<UserVectorScratch>(encoder).Get(encoder, this);

    private void ReleaseScratch()
    {
        lock (_scratchGate)
        {
            for (int i = 0; i < _scratch.Count; i++)
            {
                if (_scratch[i].Owner is null) continue;
                _scratch[i].Scratch.Reset();
                _scratch[i] = (null, _scratch[i].Scratch);
            }
        }
    }
}
