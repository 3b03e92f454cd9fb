namespace LineRec.Retrieval.Text;

/// <summary>Options of the search retriever; see <see cref="SearchRetriever"/> for the score.</summary>
public sealed record SearchOptions
{
    /// <summary>The retriever's name in answers, reports and telemetry. Default "search".</summary>
    public string Name { get; init; } = SearchDefaults.Name;

    /// <summary>How titles are indexed and queries understood.</summary>
    public TitleIndexOptions Titles { get; init; } = new();

    /// <summary>Turns the query into a vector. Default null: the host's <see cref="ITextEncoder"/> service where one is registered, else keywords alone.</summary>
    public ITextEncoder? Encoder { get; init; }

    /// <summary>With an encoder: the bundle file of the vectors of the items' texts [items, dimension], row-aligned with the catalog, made by the same model. Null for keywords alone, whatever is registered. Default "title_vectors.npy".</summary>
    public string? TitleVectors { get; init; } = SearchDefaults.TitleVectors;

    /// <summary>With an encoder: makes the index over these vectors; its metric must be the cosine. Default null: an exact one, <see cref="VectorIndex.Exact"/>.</summary>
    public Func<NpyMatrix<float>, IVectorIndex>? Index { get; init; }

    /// <summary>With an encoder: how much the vectors' part of a score counts, 0 (keywords alone) to 1 (vectors alone). Default 0.5.</summary>
    public float VectorShare { get; init; } = SearchDefaults.VectorShare;

    internal void Validate()
    {
        Titles.Validate();
        if (VectorShare is not (>= 0f and <= 1f)) throw new ArgumentException($"{nameof(SearchOptions)}: VectorShare is {VectorShare}; it must be 0 to 1.");
    }
}
