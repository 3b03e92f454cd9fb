namespace LineRec.Bench.Vectors;

/// <summary>What is searched, by what, and what must be found.</summary>
internal sealed class VectorSet : IDisposable
{
    private NpyMatrix<float>? _peerBase;
    private NpyMatrix<float>? _peerQueries;

    public required string Name { get; init; }

    public required NpyMatrix<float> Base { get; init; }

    /// <summary>The queries in a shuffled order: half of them choose, half are reported, and a file may be sorted.</summary>
    public required NpyMatrix<float> Queries { get; init; }

    /// <summary>Which row of the file each query was.</summary>
    public required int[] Order { get; init; }

    public required VectorMetric Metric { get; init; }

    /// <summary>What libraries that know only the inner product search for cosine: the same vectors at length 1.</summary>
    public NpyMatrix<float> PeerBase => _peerBase ??= Metric == VectorMetric.Cosine ? MappedCopy.Normalized(Base) : Base;

    /// <summary>The queries for <see cref="PeerBase"/>.</summary>
    public NpyMatrix<float> PeerQueries => _peerQueries ??= Metric == VectorMetric.Cosine ? MappedCopy.Normalized(Queries) : Queries;

    /// <summary>Opens the files named, or makes a set.</summary>
    public static VectorSet Open(string? vectors, string? queries, MadeSetOptions made, VectorMetric metric)
    {
        if (vectors is null)
        {
            if (queries is not null) throw new ArgumentException("--queries needs --base: the vectors that are searched.");
            var (madeBase, madeQueries) = MadeSet.Make(made);
            return Create(made.Name, madeBase, madeQueries, metric);
        }

        if (queries is null) throw new ArgumentException("--base needs --queries: the vectors that are searched for.");
        var set = Create(Path.GetFileName(vectors), VectorFile.Vectors(vectors), VectorFile.Vectors(queries), metric);
        if (set.Base.Columns != set.Queries.Columns) throw new InvalidDataException($"'{vectors}' has {set.Base.Columns} values a vector, '{queries}' {set.Queries.Columns}; they must agree.");
        if (set.Queries.Rows < 20) throw new InvalidDataException($"'{queries}' has {set.Queries.Rows} queries; 20 or more are needed: half of them choose the settings, half are reported.");
        return set;
    }

    private static VectorSet Create(string name, NpyMatrix<float> vectors, NpyMatrix<float> queries, VectorMetric metric)
    {
        int[] order = [.. Enumerable.Range(0, queries.Rows)];
        var random = new SplitMix(1);
        for (int i = order.Length - 1; i > 0; i--)
        {
            int other = random.Below(i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }

        using (queries) return new VectorSet { Name = name, Base = vectors, Queries = MappedCopy.Create(queries.Rows, queries.Columns, order.Select(row => queries[row].ToArray())), Order = order, Metric = metric };
    }

    public void Dispose()
    {
        if (_peerBase != Base) _peerBase?.Dispose();
        if (_peerQueries != Queries) _peerQueries?.Dispose();
        Base.Dispose();
        Queries.Dispose();
    }
}
