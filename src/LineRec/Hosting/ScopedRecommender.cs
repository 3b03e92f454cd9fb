namespace LineRec;

/// <summary>The recommender of one scope: components registered as scoped come from that scope's services.</summary>
internal sealed class ScopedRecommender(RecommenderHost host, IServiceProvider services) : IRecommender
{
    public ValueTask<Slate> RecommendAsync(RecommendationRequest request, CancellationToken cancellationToken = default) =>
        host.Recommender.RecommendAsync(request, services, cancellationToken);

    public ValueTask<Explanation> ExplainAsync(RecommendationRequest request, CancellationToken cancellationToken = default) =>
        host.Recommender.ExplainAsync(request, services, cancellationToken);
}
