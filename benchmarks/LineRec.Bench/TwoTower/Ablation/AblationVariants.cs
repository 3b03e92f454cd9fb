using LineRec.Training;

namespace LineRec.Bench.TwoTower;

/// <summary>The variants that there are.</summary>
internal static class AblationVariants
{
    public static IReadOnlyList<AblationVariant> All { get; } =
    [
        new("default", o => o),
        new("no_logq", o => o with { LogQ = LogQCorrection.None }),
        new("streaming_logq", o => o with { LogQ = LogQCorrection.Streaming }),
        new("uniform_only", o => o with { InBatchNegatives = false }),
        new("in_batch_only", o => o with { UniformNegatives = 0 }),
        new("in_batch_no_logq", o => o with { UniformNegatives = 0, LogQ = LogQCorrection.None }),
        new("hard_negatives", o => o with { HardNegatives = new HardNegativeOptions() }),
        new("hard_no_logq", o => o with { HardNegatives = new HardNegativeOptions(), LogQ = LogQCorrection.None }),
        new("in_batch_hard", o => o with { HardNegatives = new HardNegativeOptions(), UniformNegatives = 0 }),
        new("bpr", o => o with { Loss = TwoTowerLoss.Bpr }),
        new("contrastive", o => o with { Loss = TwoTowerLoss.CosineContrastive }),
        new("no_features", o => o, AblationFeatures.None),
        new("ids_only", o => o with { CategoryDimension = 0 }, AblationFeatures.None),
        new("title_words", o => o, AblationFeatures.SideAndWords),
        new("last_item_only", o => o with { HistoryPooling = o.HistoryPooling with { Last = 1 } }),
        new("fading_history", o => o with { HistoryPooling = o.HistoryPooling with { Decay = 0.9f } }),
        new("user_layers", o => o with { UserHiddenWidth = 64 }),
    ];

    public static IEnumerable<AblationVariant> Chosen(AblationOptions options) => options.Variants.Count == 0 ? All : All.Where(v => options.Variants.Contains(v.Name));
}
