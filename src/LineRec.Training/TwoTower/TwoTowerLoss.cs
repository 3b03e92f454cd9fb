namespace LineRec.Training;

/// <summary>What a two-tower model's training makes small. All of them leave false negatives out.</summary>
public enum TwoTowerLoss
{
    /// <summary>A softmax over the positive and the negatives: −s⁺ + log(e^s⁺ + Σ e^s), s = cosine / temperature.</summary>
    SampledSoftmax = 0,

    /// <summary>The mean over the negatives of −log σ(s⁺ − s) (BPR; Rendle et al. 2009), s = cosine / temperature.</summary>
    Bpr = 1,

    /// <summary>
    /// 1 − c⁺ + weight × the mean over the negatives of max(0, c − margin), c = cosine (SimpleX; Mao et al. 2021). The temperature is not
    /// used; see <see cref="TwoTowerOptions.ContrastiveMargin"/> and <see cref="TwoTowerOptions.ContrastiveWeight"/>.
    /// </summary>
    CosineContrastive = 2,
}
