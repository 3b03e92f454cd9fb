using LineRec.Retrieval;

namespace LineRec.Bench.Vectors;

/// <summary>Our brute force.</summary>
internal sealed class FlatIndexBench() : OurIndex("Flat", exact: true)
{
    private FlatIndex? _index;

    public override IReadOnlyList<IReadOnlyList<string>> Settings => [[""]];

    public override long Bytes => (long)_index!.Count * _index.Dimension * sizeof(float);

    protected override void Build(int threads) => _index = new FlatIndex(Set.Base, Set.Metric);

    protected override IVectorIndex View(string setting) => _index!;
}
