using System.Globalization;
using LineRec.Retrieval;

namespace LineRec.Bench.Vectors;

/// <summary>Our index over lists of 4-bit codes, probed or exact.</summary>
internal sealed class IvfIndexBench(bool exact) : OurIndex(exact ? "Ivf exact" : "Ivf", exact)
{
    private static readonly float[] Chances =
    [
        0.1f, 0.075f, 0.056f, 0.042f, 0.032f, 0.024f, 0.018f, 0.013f, 0.01f, 0.0075f, 0.0056f, 0.0042f, 0.0032f, 0.0024f, 0.0018f, 0.0013f, 0.001f,
        0.00075f, 0.00056f, 0.00042f, 0.00032f, 0.00024f, 0.00018f, 0.00013f, 0.0001f, 0.000075f, 0.000056f, 0.000042f, 0.000032f, 0.000024f, 0.000018f, 0.000013f, 0.00001f,
        3e-6f, 1e-6f, 1e-7f, 1e-8f, 1e-10f, 1e-13f, 1e-17f, 1e-22f,
    ];
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
