namespace LineRec.Bench.Vectors;

/// <summary>
/// An index that the bench measures. Built once; then for each setting <see cref="Use"/> is called, and searches by any number of threads follow.
/// </summary>
internal interface IBenchIndex : IDisposable
{
    /// <summary>Who made it and what it is; what a row of the report says.</summary>
    IndexLabel Label { get; }

    /// <summary>The settings to try: lines of settings, each ordered from fast to accurate. One setting, "", if there is nothing to set.</summary>
    IReadOnlyList<IReadOnlyList<string>> Settings { get; }

    /// <summary>All that it holds in memory to answer, the vectors included if it reads them.</summary>
    long Bytes { get; }

    /// <summary>Builds it, on as many threads as given where it can.</summary>
    void Build(VectorSet set, int threads);

    /// <summary>Makes a setting the one that searches use.</summary>
    void Use(string setting);

    /// <summary>Finds rows, best first, and returns how many. <paramref name="query"/> is the number of a query of the set.</summary>
    int Search(int query, Span<int> rows);

    /// <summary>Finds rows for a run of queries; k rows each, -1 where fewer were found.</summary>
    void SearchBatch(int firstQuery, int count, int k, Span<int> rows);
}
