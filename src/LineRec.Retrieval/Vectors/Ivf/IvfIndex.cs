namespace LineRec.Retrieval;

/// <summary>
/// Vector search over lists of 4-bit codes (an inverted file, IVF): approximate by probing the lists that are likely to hold the best, or exact by proven bounds on what codes can hide. Takes new,
/// changed and removed vectors while it is searched.
/// </summary>
/// <remarks>
/// Thread-safe; a search allocates nothing once warm, and the matrix must outlive the index. Vectors are divided by k-means; what is left of each is stored in uniform 4-bit steps of its list's size:
/// dimension / 2 + 4 bytes a vector beside the matrix. Codes are scanned 32 vectors at a time by multiply-adds of bytes, and the best are scored in
/// full from the matrix, so that scores have the bits that <see cref="FlatIndex"/> gives them. Build: O(n × lists × dimension) byte operations; search: O(lists + probed vectors).
/// </remarks>
public sealed unsafe partial class IvfIndex : IUpdatableVectorIndex, IDisposable
{
    /// <summary>Queries that a batch searches together.</summary>
    private const int BatchQueries = 128;

    /// <summary>About how many codes a quick probe scans, and how many more in whose time it deals with each vector that it must find until k eligible ones are among them.</summary>
    private const int CodesOfAProbe = 20_000, CodesAHit = 14;

    /// <summary>Up to so many vectors all searches are exact: it takes microseconds.</summary>
    private const int Few = 2048;

    private IvfState? _state;

    private IvfIndex(IvfState state, IvfProbe probe)
    {
        (_state, Probe, _count) = (state, probe, state.Data.Header->Count + state.Data.Header->OddRows);
    }

    /// <summary>Builds an index.</summary>
    /// <param name="vectors">Vectors [items, dimension]; row i belongs to catalog row i. Not copied.</param>
    /// <param name="options">How to build; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static IvfIndex Build(NpyMatrix<float> vectors, IvfOptions? options = null)
    {
        options ??= new IvfOptions();
        var data = new IvfBuilder(vectors, options).Build();
        return new IvfIndex(new IvfState(data, vectors, new VectorScorer(vectors, options.Metric)), options.Probe);
    }

    /// <summary>How far searches go; may be changed between searches.</summary>
    public IvfProbe Probe { get; set; }

    /// <inheritdoc/>
    public int Count => Volatile.Read(ref _count);

    /// <inheritdoc/>
    public int Dimension => State.Vectors.Columns;

    /// <inheritdoc/>
    public VectorMetric Metric => State.Scorer.Metric;

    /// <inheritdoc/>
    public bool IsExact => Probe.IsExact;

    /// <summary>How many lists the vectors are divided into.</summary>
    public int Lists => State.Data.Lists;

    /// <summary>The bytes of codes and lists; the vectors themselves are the matrix's.</summary>
    public long Bytes => State.Data.Bytes;

    private IvfState State => Volatile.Read(ref _state) ?? throw new ObjectDisposedException(nameof(IvfIndex));

    /// <summary>The same index searched in another way. It shares everything, sees all changes, and needn't be disposed.</summary>
    /// <param name="probe">How far its searches go; <see cref="IvfProbe.Exact"/> for exact answers.</param>
    public IVectorIndex With(IvfProbe probe) => new IvfView(this, probe);

    /// <inheritdoc/>
    public int Search(ReadOnlySpan<float> query, Span<int> rows, Span<float> scores, RowSet? eligible = null) => Search(query, rows, scores, eligible, Probe);

    /// <inheritdoc/>
    public void SearchBatch(ReadOnlySpan<float> queries, int k, Span<int> rows, Span<float> scores, RowSet? eligible = null) => SearchBatch(queries, k, rows, scores, eligible, Probe);

    /// <summary>Releases the index; searches that are under way end as they would have.</summary>
    public void Dispose() => Volatile.Write(ref _state, null); // memory goes with the last search that holds it

    internal int Search(ReadOnlySpan<float> query, Span<int> rows, Span<float> scores, RowSet? eligible, IvfProbe probe)
    {
        var state = State;
        if (query.Length != state.Vectors.Columns) throw new ArgumentException($"The query has {query.Length} values; the index's vectors have {state.Vectors.Columns}.", nameof(query));
        if (rows.Length != scores.Length) throw new ArgumentException($"Room for {rows.Length} rows came with room for {scores.Length} scores.", nameof(scores));
        int version = state.Version, k = Wanted(state, rows.Length, eligible);
        if (k == 0) return 0;
        var own = state.Rent();
        own.Begin(query, k, eligible, version);
        if (!FindSimply(own, probe) && !FindByProbing(own, probe))
        {
            IvfExact.Begin(own);
            IvfExact.Scan(state.Data, new ReadOnlySpan<IvfQuery>(in own));
        }

        int found = Complete(own, rows, scores);
        state.Return(own);
        GC.KeepAlive(state);
        return found;
    }

    internal void SearchBatch(ReadOnlySpan<float> queries, int k, Span<int> rows, Span<float> scores, RowSet? eligible, IvfProbe probe)
    {
        var state = State;
        int dimension = state.Vectors.Columns, count = VectorBatch.Check(queries.Length, dimension, k, rows.Length, scores.Length);
        int version = state.Version, wanted = Wanted(state, k, eligible);
        var group = new IvfQuery[Math.Min(BatchQueries, count)];
        for (int first = 0; first < count; first += BatchQueries)
        {
            int size = Math.Min(BatchQueries, count - first), scanned = 0;
            for (int i = 0; i < size; i++)
            {
                int at = (first + i) * k;
                rows.Slice(at, k).Fill(-1);
                scores.Slice(at, k).Fill(float.NaN);
                if (wanted == 0) continue;
                var query = queries.Slice((first + i) * dimension, dimension);
                if (!probe.IsExact)
                {
                    Search(query, rows.Slice(at, k), scores.Slice(at, k), eligible, probe);
                    continue;
                }

                var own = state.Rent();
                own.Begin(query, wanted, eligible, version);
                own.Slot = first + i;
                if (FindSimply(own, probe))
                {
                    Complete(own, rows.Slice(at, k), scores.Slice(at, k));
                    state.Return(own);
                    continue;
                }

                IvfExact.Begin(own);
                group[scanned++] = own;
            }

            IvfExact.Scan(state.Data, group.AsSpan(0, scanned));
            foreach (var own in group.AsSpan(0, scanned))
            {
                Complete(own, rows.Slice(own.Slot * k, k), scores.Slice(own.Slot * k, k));
                state.Return(own);
            }
        }

        GC.KeepAlive(state);
    }

    /// <summary>At most as many as can be found.</summary>
    private static int Wanted(IvfState state, int k, RowSet? eligible) =>
        (int)Math.Min(Math.Min(k, eligible?.Count ?? int.MaxValue), (long)state.Data.Header->Count + state.Data.Header->OddRows + state.Tail.Count);

    /// <summary>Scores vectors one by one where the query can't be coded, or few are eligible.</summary>
    private static bool FindSimply(IvfQuery query, IvfProbe probe)
    {
        float count = query.Data.Header->Count;
        if (query.IsCoded && !IvfDirect.IsCheaper(query, probe.IsExact || query.Eligible is null ? count : CodesOfAProbe + (CodesAHit * query.K * count / query.Eligible.Count))) return false;
        IvfDirect.Score(query);
        return true;
    }

    /// <summary>Approximate search; where it finds fewer than asked for, an exact one must follow.</summary>
    private static bool FindByProbing(IvfQuery query, IvfProbe probe)
    {
        if (probe.IsExact || query.K > IvfSearch.MaxRefined / 2 || query.Data.Header->Count <= Few) return false;
        if (IvfSearch.Probe(query, probe)) return true;
        query.Reset();
        return false;
    }

    private static int Complete(IvfQuery query, Span<int> rows, Span<float> scores)
    {
        query.OfferUncoded();
        int found = query.Best.Complete(rows, scores);
        query.Best.Dispose();
        return found;
    }
}
