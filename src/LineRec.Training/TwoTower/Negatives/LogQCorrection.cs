namespace LineRec.Training;

/// <summary>How a two-tower model's loss is corrected for popular items being among the negatives more often.</summary>
public enum LogQCorrection
{
    /// <summary>Not at all: each candidate counts alike, so that popular items are pushed away the most.</summary>
    None = 0,

    /// <summary>By how often each item is a positive among all examples, which are counted before training: exact.</summary>
    Counted = 1,

    /// <summary>
    /// By an estimate from the gaps between an item's positives in the order they are trained in (Yi et al. 2019, section 4.2, but with a
    /// place for each item instead of hashes): it follows a popularity that drifts, and needs no pass over the log before.
    /// </summary>
    Streaming = 2,
}
