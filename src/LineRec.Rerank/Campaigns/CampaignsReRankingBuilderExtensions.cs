using LineRec.Rerank;

namespace LineRec;

/// <summary>Adds the campaigns re-ranker.</summary>
public static class CampaignsReRankingBuilderExtensions
{
    /// <summary>Weights the scores of items in the snapshot's campaigns that run at the request's time, then sorts.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="options">Options; null for the defaults.</param>
    public static IReRankingBuilder Campaigns(this IReRankingBuilder builder, CampaignsOptions? options = null)
    {
        options ??= new CampaignsOptions();
        return builder.Add(options.Name, context => Create(context, options));
    }

    private static CampaignsReRanker Create(ComponentContext context, CampaignsOptions options)
    {
        try
        {
            return new CampaignsReRanker(context.Snapshot.Campaigns, context.Snapshot.Catalog, options);
        }
        catch (ArgumentException e)
        {
            throw new InvalidOperationException($"The re-ranker '{options.Name}' of placement '{context.Placement}' can't use the campaigns of bundle '{context.Snapshot.Version}': {e.Message}", e);
        }
    }
}
