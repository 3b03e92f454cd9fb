namespace LineRec;

/// <summary>Answers requests.</summary>
/// <remarks>Thread-safe.</remarks>
public interface IRecommender
{
    /// <summary>Recommends a slate.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="cancellationToken">The caller gives up.</param>
    /// <returns>The slate: at most Take items, best first, none twice. Degradations are said in it.</returns>
    /// <exception cref="ArgumentException">The placement isn't registered, or Take isn't 1 or more.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    ValueTask<Slate> RecommendAsync(RecommendationRequest request, CancellationToken cancellationToken = default);

    /// <summary>Answers a request and tells for every candidate its way through the funnel. Slower, and it allocates.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="cancellationToken">The caller gives up.</param>
    ValueTask<Explanation> ExplainAsync(RecommendationRequest request, CancellationToken cancellationToken = default);
}
