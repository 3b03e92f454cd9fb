namespace LineRec.Training;

/// <summary>What a user's vector is made of in a <see cref="MatchingTowerModel"/>.</summary>
public enum MatchingUserPart
{
    /// <summary>The sum of the raw item vectors of the history: serves users who weren't in training.</summary>
    History,

    /// <summary>A vector of the user's own (matrix factorisation).</summary>
    Id,

    /// <summary>The sum of the history, plus √(its length) times a vector of the user's own.</summary>
    HistoryAndId,
}
