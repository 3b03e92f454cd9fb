namespace LineRec.Recipes;

/// <summary>A share of some work that was done: what its record says, which is written last into its folder.</summary>
/// <typeparam name="T">What came of it.</typeparam>
internal sealed record Share<T>
{
    /// <summary>Which share, from 1.</summary>
    public required int Shard { get; init; }

    /// <summary>How many shares there are.</summary>
    public required int Shards { get; init; }

    /// <summary>What it was made from, by name: what all shares of a whole have in common.</summary>
    public required SortedDictionary<string, string> Inputs { get; init; }

    /// <summary>What came of it.</summary>
    public required T Result { get; init; }

    /// <summary>Bytes of its files: what moves to the one that merges.</summary>
    public required long Bytes { get; init; }

    /// <summary>The files by their names, and their SHA-256.</summary>
    public required SortedDictionary<string, string> Files { get; init; }
}
