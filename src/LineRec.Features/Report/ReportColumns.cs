using System.Globalization;

namespace LineRec.Features;

/// <summary>Gathers the columns of a report.</summary>
internal static class ReportColumns
{
    /// <summary>The catalog's columns that features are made of, each once.</summary>
    internal static IEnumerable<ReportedColumn> OfCatalog(FeatureSpec spec, Catalog catalog)
    {
        foreach (string name in spec.Item.Select(f => f.SourceColumn).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            if (catalog.Find<NumberColumn>(name) is { } numbers) yield return ColumnSummary.OfNumbers("catalog", name, numbers.Count, row => numbers[row]);
            if (catalog.Find<TextColumn>(name) is not { } text) continue;
            var hash = spec.Item.OfType<HashFeature>().FirstOrDefault(h => h.Column == name);
            yield return ColumnSummary.OfText(text) with { Collisions = hash is null ? null : HashCollisions.Of(hash, text) };
        }
    }

    /// <summary>The fitted columns of the item block, on the scale from before means were taken off.</summary>
    internal static IEnumerable<ReportedColumn> OfItems(FittedFeatures fitted, Catalog catalog)
    {
        string[] scales = Scales(fitted, catalog);
        var columns = fitted.ItemColumns;
        string[] names = [.. columns.Select(c => c.Name)];
        for (int c = 0; c < columns.Count; c++)
        {
            var column = columns[c];
            int index = c, flag = FlagOf(names, c);
            yield return ColumnSummary.OfNumbers("item", column.Name, fitted.ItemCount, row => flag >= 0 && fitted.Items[row][flag] != 0f ? float.NaN : Unscaled(fitted.Items[row][index], column)) with { Scale = scales[c] };
        }
    }

    /// <summary>The columns of the user and cross blocks.</summary>
    internal static IEnumerable<ReportedColumn> OfCaptured(CapturedFeatures? captured)
    {
        if (captured?.Encoder is not { } encoder) return [];
        return [.. Of("user", encoder.UserNames, captured.ToUserMatrix()), .. Of("cross", encoder.CrossNames, captured.ToCrossMatrix())];
    }

    private static IEnumerable<ReportedColumn> Of(string block, IReadOnlyList<string> names, NpyMatrix<float>? values)
    {
        if (values is null) yield break;
        for (int c = 0; c < names.Count; c++)
        {
            int index = c, flag = FlagOf(names, c);
            yield return ColumnSummary.OfNumbers(block, names[c], values.Rows, row => flag >= 0 && values[row][flag] != 0f ? float.NaN : values[row][index]);
        }
    }

    /// <summary>The value before scaling; what is 0 but for rounding is 0.</summary>
    private static float Unscaled(float value, FittedColumn column)
    {
        float raw = (value * column.Deviation) + column.Mean;
        return MathF.Abs(raw) <= 1e-6f * MathF.Abs(column.Mean) ? 0f : raw;
    }

    /// <summary>The column that flags missing values of a column, or -1.</summary>
    private static int FlagOf(IReadOnlyList<string> names, int column)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (names[i].Length == names[column].Length + 8 && names[i].StartsWith(names[column], StringComparison.Ordinal) && names[i].EndsWith("_missing", StringComparison.Ordinal)) return i;
        }

        return -1;
    }

    /// <summary>By column, the parameters of the transform that made it; empty where no transform did.</summary>
    private static string[] Scales(FittedFeatures fitted, Catalog catalog)
    {
        var scales = new string[fitted.ItemColumns.Count];
        Array.Fill(scales, "");
        var statistics = new ItemStatistics(catalog, StatisticsPlan.Of(fitted.Spec), fitted.AsOf.ToUnixTimeMilliseconds());
        int first = 0;
        foreach (var feature in fitted.Spec.Item)
        {
            int count = feature.Fit(statistics, new FittedRun(fitted.ItemColumns, first)).Count;
            string scale = "";
            for (int c = first; c < first + count; c++)
            {
                if (feature.OwnTransform is not null && fitted.ItemColumns[c].Parameters is { } parameters) scale = string.Join(' ', parameters.Select(p => p.ToString("R", CultureInfo.InvariantCulture)));
                scales[c] = scale;
            }

            first += count;
        }

        return scales;
    }
}
