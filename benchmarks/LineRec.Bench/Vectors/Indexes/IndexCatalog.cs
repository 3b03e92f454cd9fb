namespace LineRec.Bench.Vectors;

/// <summary>What can be measured, by name. A name stands for all that begin with it: "faiss" for faiss-flat, faiss-ivf-flat and so on.</summary>
internal static class IndexCatalog
{
    private static readonly IReadOnlyList<Entry> Entries =
    [
        new("linerec-flat", _ => [new FlatIndexBench()]),
        new("linerec-ivf", _ => [new IvfIndexBench(exact: false)]),
        new("linerec-exact", _ => [new IvfIndexBench(exact: true)]),
        new("faiss-flat", _ => Faiss([new FaissBench("Flat")])),
        new("faiss-ivf-flat", set => Faiss(FaissLists.For(set).Select(n => new FaissBench($"IVF{n},Flat")))),
        new("faiss-ivf-pq", set => Faiss(FaissLists.For(set).Select(n => new FaissBench($"IVF{n},PQ{set.Base.Columns}x4fs,RFlat")))),
        new("faiss-ivf-sq8", set => Faiss(FaissLists.For(set).Select(n => new FaissBench($"IVF{n},SQ8")))),
        new("faiss-hnsw", _ => Faiss([new FaissBench("HNSW32")])),
        new("hnswlib", _ => Hnswlib.IsAvailable ? [new HnswlibBench(16), new HnswlibBench(32)] : null, Hnswlib.HowToBring),
        new("usearch", _ => Usearch.IsAvailable ? [new UsearchBench()] : null, Usearch.HowToBring),
    ];

    public static string Names => string.Join(", ", Entries.Select(e => e.Name));

    /// <summary>Checks names before work begins.</summary>
    /// <exception cref="ArgumentException">A name stands for nothing.</exception>
    public static void Check(IReadOnlyList<string> names)
    {
        foreach (string name in names)
        {
            if (!Entries.Any(e => Matches(e, name))) throw new ArgumentException($"--index {name}: there is no such index. There are: {Names}; a beginning such as 'faiss' stands for all of its kind.");
        }
    }

    /// <summary>Makes the indexes named, or all. A peer that isn't installed is left out and told of.</summary>
    /// <param name="names">Names or beginnings of names; empty for all.</param>
    /// <param name="set">What will be searched.</param>
    /// <param name="missing">Called with what isn't there and the command that brings it.</param>
    public static List<IBenchIndex> Create(IReadOnlyList<string> names, VectorSet set, Action<string, string> missing)
    {
        var found = new List<IBenchIndex>();
        foreach (var entry in Entries.Where(e => names.Count == 0 || names.Any(n => Matches(e, n))))
        {
            if (entry.Create(set) is { } indexes) found.AddRange(indexes);
            else missing(entry.Name, entry.HowToBring);
        }

        return found;
    }

    private static IReadOnlyList<IBenchIndex>? Faiss(IEnumerable<FaissBench> indexes) => FaissBench.IsAvailable ? [.. indexes] : null;

    private static bool Matches(Entry entry, string name) => entry.Name == name || entry.Name.StartsWith(name + "-", StringComparison.Ordinal);

    private sealed record Entry(string Name, Func<VectorSet, IReadOnlyList<IBenchIndex>?> Create, string HowToBring = FaissBench.HowToBring);
}
