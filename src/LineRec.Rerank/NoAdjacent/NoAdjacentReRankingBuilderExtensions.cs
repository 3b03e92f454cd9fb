using LineRec.Rerank;

namespace LineRec;

/// <summary>Adds the no-adjacent re-ranker.</summary>
public static class NoAdjacentReRankingBuilderExtensions
{
    /// <summary>Orders the slate so that no two neighbours have the same value of a column: <c>NoAdjacent(x => x.Category)</c>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="column">Picks the column of the catalog.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static IReRankingBuilder NoAdjacent(this IReRankingBuilder builder, Func<Catalog, TextColumn?> column, NoAdjacentOptions? options = null)
    {
        options ??= new NoAdjacentOptions();
        options.Validate();
        return builder.Add(options.Name, context => new NoAdjacentReRanker(
            column(context.Snapshot.Catalog) ?? throw new InvalidOperationException(
                $"The re-ranker '{options.Name}' of placement '{context.Placement}' asks for a text column that the catalog of bundle '{context.Snapshot.Version}' doesn't have; it has {Names(context.Snapshot.Catalog)}. Add it to the items, or leave the re-ranker out."),
            options));
    }

    private static string Names(Catalog catalog)
    {
        var names = catalog.Columns.OfType<TextColumn>().Select(c => $"'{c.Name}'").Order(StringComparer.Ordinal).ToArray();
        return names.Length == 0 ? "none" : string.Join(", ", names);
    }
}
