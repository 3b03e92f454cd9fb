using LineRec.Features;

namespace LineRec.Training;

/// <summary>Why a training can't go on from a state.</summary>
internal static class TwoTowerStateMismatch
{
    /// <summary>Throws where the options, the catalog or the features make towers of another shape or meaning than the state's.</summary>
    /// <exception cref="ArgumentException">Something differs; the message names all of it.</exception>
    public static void Refuse(TwoTowerState state, Catalog catalog, NpyMatrix<float>? features, TwoTowerOptions options)
    {
        var then = state.Document;
        List<string> differences = [];
        Compare("TwoTowerOptions.Dimension", then.Dimension, options.Dimension);
        Compare("TwoTowerOptions.UserHiddenWidth", then.UserHiddenWidth, options.UserHiddenWidth);
        Compare("TwoTowerOptions.ItemHiddenWidth", then.ItemHiddenWidth, options.ItemHiddenWidth);
        Compare("the category embeddings' width (TwoTowerOptions.CategoryDimension; 0 also for a catalog without a category column)", then.CategoryDimension, catalog.Category is null ? 0 : options.CategoryDimension);
        Compare("TwoTowerOptions.HistoryPooling", Describe(then.HistoryPooling), Describe(options.HistoryPooling));
        Compare("TwoTowerOptions.SequenceModel", then.SequenceModel, options.SequenceModel);
        int widthThen = then.FeatureScale?.Means.Length ?? 0, widthNow = features?.Columns ?? 0;
        Compare("the number of item features", widthThen, widthNow);
        if (widthThen == widthNow && then.FeatureNames.Count > 0 && options.FeatureNames.Count > 0)
        {
            for (int i = 0; i < Math.Min(then.FeatureNames.Count, options.FeatureNames.Count); i++) Compare($"item feature {i}", then.FeatureNames[i], options.FeatureNames[i]);
        }

        if (differences.Count == 0) return;
        throw new ArgumentException(
            $"The earlier two-tower model, trained until {then.TrainedUntil:u}, can't be gone on with, because its towers are others:{Environment.NewLine}{string.Join(Environment.NewLine, differences)}{Environment.NewLine}Train with the earlier options and features, or train anew with TwoTowerTrainer.Train.", nameof(state));

        void Compare<T>(string what, T earlier, T today)
        {
            if (!EqualityComparer<T>.Default.Equals(earlier, today)) differences.Add($"- {what} was {earlier} and is {today}.");
        }
    }

    // All that pooling depends on; the record's own equality compares lists by reference.
    private static string Describe(HistoryPooling pooling) => FormattableString.Invariant(
        $"(table {pooling.Table}, last {pooling.Last}, decay {pooling.Decay}, {(pooling.Mean ? "mean" : "sum")}, type weights {string.Join(' ', pooling.TypeWeights.Select(w => FormattableString.Invariant($"{w}")))})");
}
