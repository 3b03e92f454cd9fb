using LineRec.Retrieval;
using LineRec.Retrieval.Text;
using Microsoft.Extensions.DependencyInjection;

namespace LineRec;

/// <summary>Adds the search retriever.</summary>
public static class SearchRetrievalBuilderExtensions
{
    /// <summary>
    /// Adds what the request's query describes, by words of titles, brands and categories, and by the query's embedding where there is a text encoder. The catalog must have the
    /// text column title. The index is made when the bundle is loaded, once for all placements with the same options.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="limit">How many candidates at the most, 1 or more.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="InvalidOperationException">An option needs ICU, which can't start in this host; the message says what to do.</exception>
    public static IRetrievalBuilder Search(this IRetrievalBuilder builder, int limit, SearchOptions? options = null)
    {
        options ??= new SearchOptions();
        options.Validate();
        return builder.Add(options.Name, limit, context => Create(context, options));
    }

    private static SearchRetriever Create(ComponentContext context, SearchOptions options)
    {
        var snapshot = context.Snapshot;
        string needer = $"The search retriever of placement '{context.Placement}'";
        if (snapshot.Catalog.Title is null)
            throw new InvalidOperationException($"{needer} needs the text column '{CatalogColumns.Title}', which the catalog of bundle '{snapshot.Version}' doesn't have. Add it to the items, or leave the retriever out.");
        var titles = snapshot.GetOrCreate($"titles:{options.Titles}", s => TitleIndex.Build(s.Catalog, options.Titles));
        var encoder = options.Encoder ?? context.Services.GetService<ITextEncoder>();
        if (encoder is null || options.TitleVectors is not { } file) return new SearchRetriever(titles);
        var vectors = snapshot.GetMatrix<float>(file, $"{needer} (which has a text encoder; set {nameof(SearchOptions)}.{nameof(SearchOptions.TitleVectors)} to null for keywords alone)");
        if (vectors.Rows != snapshot.Catalog.Count)
            throw new InvalidOperationException($"'{file}' of bundle '{snapshot.Version}' has {vectors.Rows} rows, its catalog {snapshot.Catalog.Count} items. Embed the texts of this catalog anew.");
        var index = options.Index is null
            ? snapshot.GetOrCreate<IVectorIndex>($"{file}#cosine", _ => VectorIndex.Exact(vectors, VectorMetric.Cosine))
            : snapshot.GetOrCreate($"{file}#{options.Name}", _ => options.Index(vectors));
        return new SearchRetriever(titles, encoder, index, vectors, options.VectorShare);
    }
}
