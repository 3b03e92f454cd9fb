using LineRec.Training;

namespace LineRec.Recipes;

/// <summary>Copies examples away from the snapshots that they were captured from; those of one snapshot share one copy of its items' features.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class DetachedExamples
{
    private readonly Dictionary<NpyMatrix<float>, NpyMatrix<float>> _copies = [];

    /// <summary>The same examples, which don't need their snapshot any more.</summary>
    public RankingExamples Of(RankingExamples examples) => examples.ItemFeatures is { } items ? examples with { ItemFeatures = CopyOf(items) } : examples;

    private NpyMatrix<float> CopyOf(NpyMatrix<float> items)
    {
        if (!_copies.TryGetValue(items, out var copy)) _copies.Add(items, copy = new NpyMatrix<float>(items.Slice(0, items.Rows).ToArray(), items.Columns));
        return copy;
    }
}
