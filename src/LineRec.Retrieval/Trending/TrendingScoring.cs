namespace LineRec.Retrieval;

/// <summary>What a chart is ordered by.</summary>
public enum TrendingScoring
{
    /// <summary>By rate where impressions were counted, else by count.</summary>
    Auto = 0,

    /// <summary>By the decayed, weighted count of events.</summary>
    Count = 1,

    /// <summary>By the Wilson lower bound of decayed clicks per decayed impression: a high rate on few impressions is not believed.</summary>
    ClickRate = 2,
}
