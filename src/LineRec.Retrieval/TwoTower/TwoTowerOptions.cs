namespace LineRec.Retrieval;

/// <summary>Options of the two-tower retriever.</summary>
public sealed record TwoTowerOptions
{
    /// <summary>The retriever's name in answers, reports and telemetry. Default "two-tower".</summary>
    public string Name { get; init; } = TwoTowerDefaults.Name;

    /// <summary>The bundle file of the item vectors [items, dimension], row-aligned with the catalog. Default "items.npy".</summary>
    public string ItemVectors { get; init; } = TwoTowerDefaults.ItemVectors;

    /// <summary>Turns a request into the query vector. Default null: the snapshot's own, by the <see cref="IUserEncoderFactory"/> of the host's services.</summary>
    public IUserEncoder? Encoder { get; init; }

    /// <summary>Makes the index over the item vectors, once a snapshot and file. Default null: an exact one, <see cref="VectorIndex.Exact"/>.</summary>
    public Func<NpyMatrix<float>, IVectorIndex>? Index { get; init; }
}
