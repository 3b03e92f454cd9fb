using LineRec.Training;

using TwoTowerOptions = LineRec.Training.TwoTowerOptions;

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
        new("impressions_only", o => o with { ImpressionNegatives = new ImpressionNegativeOptions { Only = true } }),
        new("impressions_mixed", o => o with { ImpressionNegatives = new ImpressionNegativeOptions() }),
        new("impressions_mixed_10", o => o with { ImpressionNegatives = new ImpressionNegativeOptions { Weight = 10 } }),
        new("separate_tables", o => o with { HistoryPooling = o.HistoryPooling with { Table = "history" } }),
        new("item_cf", o => o, CoOccurrence: AblationJoin.Alone),
        new("with_item_cf", o => o, CoOccurrence: AblationJoin.Joined),
        new("retrained", o => o with { RetrainOnAll = true }),
        new("continued", o => Refresh(o) with { Epochs = 1 }, Continues: true),
        new("continued_new_only", o => Refresh(o) with { Epochs = 1 }, Continues: true, NewOnly: true),
        new("continued_new_only_3", o => Refresh(o) with { Epochs = 3 }, Continues: true, NewOnly: true),
        new("week_old", o => Refresh(o) with { ExamplesAfter = DateTimeOffset.MaxValue }, Continues: true),
        new("bpr", o => o with { Loss = TwoTowerLoss.Bpr }),
        new("contrastive", o => o with { Loss = TwoTowerLoss.CosineContrastive }),
        new("no_features", o => o, AblationFeatures.None),
        new("ids_only", o => o with { CategoryDimension = 0 }, AblationFeatures.None),
        new("title_words", o => o, AblationFeatures.Side | AblationFeatures.Words),
        new("last_item_only", o => o with { HistoryPooling = o.HistoryPooling with { Last = 1 } }),
        new("fading_history", o => o with { HistoryPooling = o.HistoryPooling with { Decay = 0.9f } }),
        new("attention", o => o with { SequenceModel = SequenceModel.Attention }),
        new("gru", o => o with { SequenceModel = SequenceModel.Gru }),
        new("self_attention", o => o with { SequenceModel = SequenceModel.SelfAttention }),
        new("title_text", o => o, AblationFeatures.Side | AblationFeatures.Titles),
        new("no_counts", o => o, AblationFeatures.Price),
        new("no_counts_title_words", o => o, AblationFeatures.Price | AblationFeatures.Words),
        new("no_counts_title_text", o => o, AblationFeatures.Price | AblationFeatures.Titles),
        new("placed", o => o, AblationFeatures.Price, AblationFeatures.Attributes),
        new("placed_words", o => o, AblationFeatures.Price, AblationFeatures.Attributes | AblationFeatures.Words),
        new("placed_text", o => o, AblationFeatures.Price, AblationFeatures.Attributes | AblationFeatures.Titles),
        new("placed_words_text", o => o, AblationFeatures.Price, AblationFeatures.Attributes | AblationFeatures.Words | AblationFeatures.Titles),
        new("user_layers", o => o with { UserHiddenWidth = 64 }),
    ];

    /// <summary>Those that are asked for, in the order of the list; all if none is named.</summary>
    /// <exception cref="ArgumentException">There is no variant of a name.</exception>
    public static IReadOnlyList<AblationVariant> Chosen(AblationOptions options)
    {
        string[] unknown = [.. options.Variants.Except(All.Select(v => v.Name))];
        if (unknown.Length > 0) throw new ArgumentException($"There is no variant {string.Join(", ", unknown)}. Variants are: {string.Join(", ", All.Select(v => v.Name))}.");
        return [.. All.Where(v => options.Variants.Count == 0 || options.Variants.Contains(v.Name))];
    }

    // With what the earlier model chose, on everything.
    private static TwoTowerOptions Refresh(TwoTowerOptions options) => options with { ValidationShare = 0 };
}
