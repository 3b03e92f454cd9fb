namespace LineRec.Retrieval;

/// <summary>Options of the similar-items retriever.</summary>
public sealed record SimilarItemsOptions
{
    /// <summary>The retriever's name in answers, reports and telemetry. Default "similar-items".</summary>
    public string Name { get; init; } = SimilarItemsDefaults.Name;

    /// <summary>Which items the search starts from. Default: the request's anchors alone.</summary>
    public SeedWeights Seeds { get; init; } = new();

    /// <summary>Whether items of the history that count as seeds are left out of the candidates, as anchors and the cart always are. They still have a score. Default false: filters decide.</summary>
    public bool ExcludeHistory { get; init; }

    /// <summary>The bundle file of the item vectors [items, dimension], row-aligned with the catalog. Default "items.npy".</summary>
    public string ItemVectors { get; init; } = TwoTowerDefaults.ItemVectors;

    /// <summary>Makes an index of the retriever's own over the item vectors: of another metric, say. Default null: the one that it shares with the two-tower retriever.</summary>
    public Func<NpyMatrix<float>, IVectorIndex>? Index { get; init; }

    internal void Validate() => Seeds.Validate($"{nameof(SimilarItemsOptions)}.{nameof(Seeds)}");
}
