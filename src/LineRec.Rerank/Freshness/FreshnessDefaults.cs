namespace LineRec.Rerank;

/// <summary>The defaults of the freshness re-ranker.</summary>
public static class FreshnessDefaults
{
    /// <summary>The re-ranker's name.</summary>
    public const string Name = "freshness";

    /// <summary>How long an item is new.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(30);
}
