using LineRec.Retrieval;
using Microsoft.Extensions.DependencyInjection;

namespace LineRec;

/// <summary>Adds the points retriever.</summary>
public static class PointsRetrievalBuilderExtensions
{
    /// <summary>Adds items of the snapshot's points campaigns that fit the user's points and history. The catalog must have the number column price, and the host an <see cref="IUserPoints"/>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="limit">How many candidates at the most, 1 or more.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static IRetrievalBuilder Points(this IRetrievalBuilder builder, int limit, PointsOptions? options = null)
    {
        options ??= new PointsOptions();
        options.Validate();
        return builder.Add(options.Name, limit, context => Create(context, options));
    }

    private static PointsRetriever Create(ComponentContext context, PointsOptions options)
    {
        string needer = $"The points retriever of placement '{context.Placement}'";
        var points = options.Points ?? context.Services.GetService<IUserPoints>() ?? throw new InvalidOperationException(
            $"{needer} needs the users' points and nobody tells them. Register an {nameof(IUserPoints)} (InMemoryUserPoints, fed by the host, say) or give its options one.");
        try
        {
            var shelves = context.Snapshot.GetOrCreate($"points:{string.Join('|', options.Kinds)}", s => PointsShelf.Of(s.Catalog, s.Campaigns, options.Kinds));
            return new PointsRetriever(context.Snapshot.Catalog, shelves, points, options);
        }
        catch (ArgumentException e)
        {
            throw new InvalidOperationException($"{needer} can't use bundle '{context.Snapshot.Version}': {e.Message}", e);
        }
    }
}
