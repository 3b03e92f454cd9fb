namespace LineRec.Training;

/// <summary>What a two-tower's user tower reads a history with.</summary>
public enum SequenceModel
{
    /// <summary>Nothing: the weighted sum of the items' rows, which serving pools before the tower (<see cref="LineRec.Features.HistoryPooling"/>).</summary>
    None = 0,

    /// <summary>
    /// A weighted mean whose weights are learnt: from what an item is and from its place, counted from the newest (additive attention,
    /// Bahdanau et al. 2015, with a learnt query as of Yang et al. 2016). It starts as the pooling's own weighted mean.
    /// </summary>
    Attention = 1,

    /// <summary>
    /// The pooled history, and the last state of a gated recurrent unit that goes through the items from the oldest to the newest (GRU;
    /// Cho et al. 2014; for sessions Hidasi et al. 2016).
    /// </summary>
    Gru = 2,

    /// <summary>
    /// The pooled history, and the newest item's state after one block of self-attention over items and places (SASRec; Kang and McAuley 2018).
    /// </summary>
    SelfAttention = 3,
}
