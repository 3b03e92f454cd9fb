namespace LineRec;

/// <summary>The stages of the funnel, in order.</summary>
public enum FunnelStage
{
    /// <summary>Retrievers propose candidates, which are merged.</summary>
    Retrieve = 0,

    /// <summary>Filters remove candidates.</summary>
    Filter = 1,

    /// <summary>Rankers score candidates.</summary>
    Rank = 2,

    /// <summary>Re-rankers order the slate.</summary>
    ReRank = 3,
}
