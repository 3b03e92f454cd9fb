namespace LineRec.Retrieval;

/// <summary>The defaults of the points retriever.</summary>
public static class PointsDefaults
{
    /// <summary>The retriever's name.</summary>
    public const string Name = "points";

    /// <summary>The kind of campaigns whose items can be paid with points.</summary>
    public const string CampaignKind = "points";

    /// <summary>Points that expire after this are half as urgent as points that expire now.</summary>
    public static readonly TimeSpan ExpiryHalfLife = TimeSpan.FromDays(14);

    /// <summary>How many items of one campaign, on either side of what the user can pay, are looked at a request.</summary>
    public const int MaxExamined = 10_000;
}
