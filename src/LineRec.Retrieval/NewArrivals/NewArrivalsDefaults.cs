namespace LineRec.Retrieval;

/// <summary>The defaults of the new-arrivals retriever.</summary>
public static class NewArrivalsDefaults
{
    /// <summary>The retriever's name.</summary>
    public const string Name = "new-arrivals";

    /// <summary>How long an item is new.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(30);

    /// <summary>How many of the newest items are looked at a request.</summary>
    public const int MaxExamined = 10_000;
}
