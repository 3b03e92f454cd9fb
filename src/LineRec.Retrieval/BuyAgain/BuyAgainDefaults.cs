namespace LineRec.Retrieval;

/// <summary>The defaults of the buy-again retriever.</summary>
public static class BuyAgainDefaults
{
    /// <summary>The retriever's name.</summary>
    public const string Name = "buy-again";

    /// <summary>The name of the recently-viewed retriever, which is the same one over other events.</summary>
    public const string RecentlyViewedName = "recently-viewed";

    /// <summary>After how long a purchase counts half.</summary>
    public static readonly TimeSpan HalfLife = TimeSpan.FromDays(60);

    /// <summary>After how long a view counts half.</summary>
    public static readonly TimeSpan RecentlyViewedHalfLife = TimeSpan.FromDays(1);
}
