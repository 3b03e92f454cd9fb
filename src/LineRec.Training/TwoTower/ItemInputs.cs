namespace LineRec.Training;

/// <summary>What is known of the items beside their rows: category codes and dense features.</summary>
internal sealed class ItemInputs
{
    public ItemInputs(Catalog catalog, NpyMatrix<float>? features, TwoTowerOptions options)
    {
        Count = catalog.Count;
        if (options.CategoryDimension > 0 && catalog.Category is { } category)
        {
            CategoryRows = [.. Enumerable.Range(0, Count).Select(row => category.Codes[row] + 1)]; // row 0 stands for a missing category
            CategoryCount = category.Values.Length + 1;
        }

        if (features is null) return;
        if (features.Rows != Count) throw new ArgumentException($"The item features have {features.Rows} rows, the catalog {Count}; encode the same catalog.", nameof(features));
        Features = features;
        FeatureScale = FeatureScale.Fit(features.Slice(0, Count), features.Columns, "item features");
    }

    public int Count { get; }

    /// <summary>Each item's row of the category table, or null where there are no categories.</summary>
    public int[]? CategoryRows { get; }

    public int CategoryCount { get; }

    public NpyMatrix<float>? Features { get; }

    public FeatureScale? FeatureScale { get; }
}
