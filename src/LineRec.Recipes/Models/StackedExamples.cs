using LineRec.Training;

namespace LineRec.Recipes;

/// <summary>Examples of several windows as one: each window has its own item features, so their matrices are stacked and rows shifted.</summary>
internal static class StackedExamples
{
    /// <summary>One set of examples, windows one after the other.</summary>
    public static RankingExamples Of(IReadOnlyList<RankingExamples> windows)
    {
        if (windows.Count == 1) return windows[0];
        var offsets = new List<int> { 0 };
        var rows = new List<int>();
        int items = 0;
        foreach (var window in windows)
        {
            offsets.AddRange(window.GroupOffsets.Skip(1).Select(o => o + rows.Count));
            int shift = items;
            rows.AddRange(window.ItemRows.Select(r => r + shift));
            items += window.ItemFeatures?.Rows ?? 0;
        }

        return new RankingExamples
        {
            GroupOffsets = [.. offsets],
            ItemRows = [.. rows],
            Labels = [.. windows.SelectMany(w => w.Labels)],
            GroupTimes = [.. windows.SelectMany(w => w.GroupTimes!)],
            User = Stack([.. windows.Select(w => w.User)]),
            Cross = Stack([.. windows.Select(w => w.Cross)]),
            ItemFeatures = Stack([.. windows.Select(w => w.ItemFeatures)]),
        };
    }

    private static NpyMatrix<float>? Stack(IReadOnlyList<NpyMatrix<float>?> matrices)
    {
        if (matrices[0] is not { } first) return null;
        var values = new float[matrices.Sum(m => m!.Rows) * first.Columns];
        int at = 0;
        foreach (var matrix in matrices)
        {
            matrix!.Slice(0, matrix.Rows).CopyTo(values.AsSpan(at));
            at += matrix.Rows * first.Columns;
        }

        return new NpyMatrix<float>(values, first.Columns);
    }
}
