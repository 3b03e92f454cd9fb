using System.Globalization;
using LineRec.Retrieval;

namespace LineRec.Bench.Vectors;

/// <summary>Our index over lists of 4-bit codes, probed or exact.</summary>
internal sealed class IvfIndexBench(bool exact) : OurIndex(exact ? "Ivf exact" : "Ivf", exact)
{
    private static readonly float[] Chances = [0.1f, 0.05f, 0.03f, 0.02f, 0.014f, 0.01f, 0.007f, 0.005f, 0.0035f, 0.0025f, 0.0017f, 0.0012f, 0.0008f, 0.0005f, 0.0003f, 0.0002f, 0.00012f, 0.00007f, 0.00004f, 0.00002f, 0.00001f, 0.000003f, 1e-6f, 1e-7f, 1e-8f, 1e-10f, 1e-13f, 1e-17f, 1e-22f];
    private static readonly float[] Factors = [1.05f, 1.2f, 1.4f, 1.7f, 2f, 2.7f, 4f];

    private IvfIndex? _index;

    public override IReadOnlyList<IReadOnlyList<string>> Settings => Label.Exact
        ? [[""]]
        : [.. Factors.Select(f => Chances.Select(c => string.Create(CultureInfo.InvariantCulture, $"chance={c},refine={f}")).ToArray())];

    /// <summary>Codes and lists, and the vectors that the best are scored from.</summary>
    public override long Bytes => _index!.Bytes + ((long)_index.Count * _index.Dimension * sizeof(float));

    public override void Dispose()
    {
        base.Dispose();
        _index?.Dispose();
    }

    protected override void Build(int threads) => _index = IvfIndex.Build(Set.Base, new IvfOptions { Metric = Set.Metric, Threads = threads });

    protected override IVectorIndex View(string setting) => _index!.With(Label.Exact
        ? IvfProbe.Exact
        : new IvfProbe { LeastChance = (float)Setting.Number(setting, "chance"), RefineFactor = (float)Setting.Number(setting, "refine") });
}
