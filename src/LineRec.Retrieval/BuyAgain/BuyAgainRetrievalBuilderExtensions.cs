using LineRec.Retrieval;

namespace LineRec;

/// <summary>Adds retrievers of the user's own items.</summary>
public static class BuyAgainRetrievalBuilderExtensions
{
    /// <summary>Adds what the user bought before, by recency and frequency.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="limit">How many candidates at the most, 1 or more.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static IRetrievalBuilder BuyAgain(this IRetrievalBuilder builder, int limit, BuyAgainOptions? options = null)
    {
        options ??= new BuyAgainOptions();
        options.Validate();
        return builder.Add(options.Name, limit, _ => new BuyAgainRetriever(options));
    }

    /// <summary>Adds what the user clicked, put into the cart or marked lately: <see cref="BuyAgain"/> over those events, with a half-life of a day.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="limit">How many candidates at the most, 1 or more.</param>
    /// <param name="options">Options; null for these.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static IRetrievalBuilder RecentlyViewed(this IRetrievalBuilder builder, int limit, BuyAgainOptions? options = null) =>
        builder.BuyAgain(limit, options ?? new BuyAgainOptions
        {
            Name = BuyAgainDefaults.RecentlyViewedName,
            HalfLife = BuyAgainDefaults.RecentlyViewedHalfLife,
            TypeWeights = [0f, 1f, 1f, 0f, 1f],
        });
}
