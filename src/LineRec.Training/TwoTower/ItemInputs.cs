namespace LineRec.Training;

/// <summary>What is known of the items beside their rows: category codes and dense features.</summary>
internal sealed class ItemInputs
{
    /// <param name="catalog">The items.</param>
    /// <param name="features">Dense features of all of them.</param>
    /// <param name="options">Whether categories are embedded.</param>
    /// <param name="scale">How an earlier model standardised the features, so that its weights keep their meaning; null fits it.</param>
    public ItemInputs(Catalog catalog, NpyMatrix<float>? features, TwoTowerOptions options, FeatureScale? scale)
    {
        (Catalog, Count) = (catalog, catalog.Count);
        if (options.CategoryDimension > 0 && catalog.Category is { } category)
        {
            CategoryRows = [.. Enumerable.Range(0, Count).Select(row => category.Codes[row] + 1)]; // row 0 stands for a missing category
            CategoryCount = category.Values.Length + 1;
        }

        if (features is null) return;
        if (options.FeatureNames.Count > 0 && options.FeatureNames.Count != features.Columns)
            throw new ArgumentException($"TwoTowerOptions.FeatureNames has {options.FeatureNames.Count} names, the item features have {features.Columns} columns; name each or none.", nameof(features));
        if (features.Rows != Count) throw new ArgumentException($"The item features have {features.Rows} rows, the catalog {Count}; encode the same catalog.", nameof(features));
        Features = features;
        var fitted = FeatureScale.Fit(features.Slice(0, Count), features.Columns, "item features"); // refuses infinite values, whoever's scale is used
        FeatureScale = scale ?? fitted;
    }

    public Catalog Catalog { get; }

    public int Count { get; }

    /// <summary>Each item's row of the category table, or null where there are no categories.</summary>
    public int[]? CategoryRows { get; }

    public int CategoryCount { get; }

    public NpyMatrix<float>? Features { get; }

    public FeatureScale? FeatureScale { get; }
}
