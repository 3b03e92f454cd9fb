namespace LineRec.Recipes;

/// <summary>Which share of some work: 2/4 is the second of four.</summary>
/// <param name="Shard">Which, from 1.</param>
/// <param name="Shards">How many there are.</param>
internal readonly record struct ShareNumber(int Shard, int Shards)
{
    /// <summary>The whole, as the one share that there is.</summary>
    public static readonly ShareNumber Whole = new(1, 1);

    /// <summary>Its part of rows that are cut evenly, to a row.</summary>
    /// <param name="rows">How many there are in all.</param>
    /// <returns>The first row, and how many.</returns>
    public (int First, int Count) Of(int rows)
    {
        int first = Before(rows, Shard - 1);
        return (first, Before(rows, Shard) - first);
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Shard}/{Shards}");

    private int Before(int rows, int shares) => (int)((long)rows * shares / Shards);
}
