namespace LineRec.Rerank;

/// <summary>The defaults of the campaigns re-ranker.</summary>
public static class CampaignsDefaults
{
    /// <summary>The re-ranker's name.</summary>
    public const string Name = "campaigns";
}
