namespace LineRec.Features;

/// <summary>Computes the fitted columns of the item block, [items, columns].</summary>
internal static class ItemBlock
{
    /// <summary>Learns scales and parameters and fills the block. O(items × columns), and n log n for a transform of quantiles.</summary>
    internal static (FittedColumn[] Columns, float[] Values) Fit(FeatureSpec spec, ItemStatistics statistics)
    {
        ItemColumn[] columns = [.. spec.Item.SelectMany(f => f.Fit(statistics, default))];
        FeatureNames.RequireDistinct(columns.Select(c => c.Name), "item");
        var values = new float[checked(statistics.Catalog.Count * columns.Length)];
        var fitted = new FittedColumn[columns.Length];
        for (int c = 0; c < columns.Length; c++) fitted[c] = FittedColumn.Fit(columns[c], values, c, columns.Length);
        return (fitted, values);
    }

    /// <summary>The block with the target encodings of all users but a fold's, on the scales of the whole. O(items × columns).</summary>
    internal static (FittedColumn[] Columns, float[] Values) FitWithout(int fold, FeatureSpec spec, ItemStatistics statistics, FittedColumn[] whole, float[] values)
    {
        FittedColumn[] columns = [.. whole];
        float[] block = [.. values];
        statistics.WithoutFold = fold;
        foreach (var feature in spec.Item.OfType<TargetRateFeature>())
        {
            var column = feature.Fit(statistics, default)[0];
            int index = Array.FindIndex(whole, c => c.Name == column.Name);
            columns[index] = whole[index] with { Parameters = column.Parameters, Values = column.Values };
            for (int at = index, row = 0; at < block.Length; at += whole.Length, row++) block[at] = whole[index].Scale(column.Value(row), column.Scaled);
        }

        statistics.WithoutFold = -1;
        return (columns, block);
    }

    /// <summary>
    /// Fills the block of another catalog with what an earlier fit learnt. An item that the earlier one held keeps the columns that come from its
    /// events; a new one has them as without any. All else is computed from the item's own columns. O(items × columns).
    /// </summary>
    internal static float[] Apply(FittedFeatures fitted, Catalog fittedWith, Catalog catalog)
    {
        var saved = fitted.ItemColumns;
        int width = saved.Count;
        var values = new float[checked(catalog.Count * width)];
        int[] earlier = [.. catalog.Ids.ToArray().Select(id => fittedWith.TryGetRow(id, out int row) ? row : -1)];
        var statistics = new ItemStatistics(catalog, StatisticsPlan.Of(fitted.Spec), fitted.AsOf.ToUnixTimeMilliseconds());
        int first = 0;
        foreach (var feature in fitted.Spec.Item)
        {
            var columns = feature.Fit(statistics, new FittedRun(saved, first));
            for (int c = 0; c < columns.Count; c++, first++)
            {
                if (first >= width || columns[c].Name != saved[first].Name)
                    throw new InvalidOperationException($"{feature.GetType().Name} has the column '{columns[c].Name}' where the fitted state has {(first < width ? $"'{saved[first].Name}'" : "none")}. Fit the features anew.");
                for (int row = 0; row < earlier.Length; row++)
                    values[(row * width) + first] = feature.OfOwnEvents && earlier[row] >= 0 ? fitted.Items[earlier[row]][first] : saved[first].Scale(columns[c].Value(row), columns[c].Scaled);
            }
        }

        return values;
    }
}
