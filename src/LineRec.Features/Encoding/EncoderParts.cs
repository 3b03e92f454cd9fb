namespace LineRec.Features;

/// <summary>What features are compiled from.</summary>
internal sealed class EncoderParts(FittedFeatures fitted, Catalog catalog, Func<string, NpyMatrix<float>> tables)
{
    private readonly List<CodeGrouping> _groupings = [];

    internal FittedFeatures Fitted => fitted;

    internal Catalog Catalog => catalog;

    /// <summary>The text columns, cut to a path depth, by which histories are counted.</summary>
    internal IReadOnlyList<CodeGrouping> Groupings => _groupings;

    internal TColumn Require<TColumn>(string column, string feature)
        where TColumn : CatalogColumn => FeatureNames.Require<TColumn>(catalog, column, feature);

    internal NpyMatrix<float> Table(string name, string feature) => tables(name) ?? throw new InvalidOperationException($"{feature} needs the table '{name}', which isn't there. Export it to tables/{name}.npy of the bundle.");

    /// <summary>A table that is row-aligned with the catalog.</summary>
    internal NpyMatrix<float> ItemTable(string name, string feature)
    {
        var table = Table(name, feature);
        if (table.Rows != catalog.Count) throw new InvalidOperationException($"{feature} needs a row of table '{name}' for each item; the table has {table.Rows} rows, the catalog {catalog.Count} items. Both must come from one training.");
        return table;
    }

    /// <summary>The index of a fitted column of the item block.</summary>
    internal int FittedColumn(string name, string feature)
    {
        var columns = fitted.ItemColumns;
        for (int c = 0; c < columns.Count; c++)
        {
            if (columns[c].Name == name) return c;
        }

        throw new ArgumentException($"{feature}: there is no fitted column '{name}' in the item block; it has {string.Join(", ", columns.Select(c => $"'{c.Name}'").DefaultIfEmpty("none"))}. Add the item feature that makes it.");
    }

    /// <summary>The number of a grouping, made on first use.</summary>
    internal int Grouping(string column, int depth, string feature)
    {
        int found = _groupings.FindIndex(g => g.Column == column && g.Depth == depth);
        if (found >= 0) return found;
        _groupings.Add(new CodeGrouping(Require<TextColumn>(column, feature), depth));
        return _groupings.Count - 1;
    }
}
