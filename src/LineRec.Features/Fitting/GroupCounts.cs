namespace LineRec.Features;

/// <summary>Counts of one event type by fold of users and by value of a text column. 4 bytes a fold and value.</summary>
internal sealed class GroupCounts(TextColumn column, int folds)
{
    private readonly int _width = column.Values.Length + 1; // a missing value first

    internal int[] Counts { get; } = new int[folds * (column.Values.Length + 1)];

    internal void Add(int user, int row)
    {
        ref int count = ref Counts[(TargetRateFeature.FoldOf(user, folds) * _width) + column.Codes[row] + 1];
        count = checked(count + 1);
    }

    /// <summary>The counts by value code + 1 (0 is a missing value) of all folds but one; -1 leaves none out.</summary>
    internal long[] Sum(int without)
    {
        var sums = new long[_width];
        for (int i = 0; i < Counts.Length; i++)
        {
            if (i / _width != without) sums[i % _width] += Counts[i];
        }

        return sums;
    }
}
