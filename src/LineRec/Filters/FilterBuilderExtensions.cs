namespace LineRec;

/// <summary>LineRec's own filters.</summary>
public static class FilterBuilderExtensions
{
    /// <summary>Keeps back what isn't in stock: as fed by the host (<see cref="ILiveItems"/>), else as in the catalog. An item of unknown stock stays.</summary>
    /// <param name="builder">The builder.</param>
    public static IFilterBuilder InStock(this IFilterBuilder builder) => builder.Use("in-stock", new InStockFilter());

    /// <summary>Keeps back what isn't listed yet at the request's time; an item without a listing time stays, as does all of a catalog without that column.</summary>
    /// <param name="builder">The builder.</param>
    public static IFilterBuilder Listed(this IFilterBuilder builder) =>
        builder.Where("listed", static (context, row) => context.Catalog.ListedAt is not { } listedAt || listedAt[row] <= context.UnixMilliseconds);

    /// <summary>Keeps back what the user has ever bought.</summary>
    /// <param name="builder">The builder.</param>
    public static IFilterBuilder NotPurchased(this IFilterBuilder builder) =>
        builder.Use("not-purchased", new HistoryFilter(EventType.Purchase, Timeout.InfiniteTimeSpan));

    /// <summary>Keeps back what the user bought lately.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="time">How long a purchase keeps an item back, over zero.</param>
    public static IFilterBuilder NotPurchasedWithin(this IFilterBuilder builder, TimeSpan time)
    {
        if (time <= TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(time), time, "The time that a purchase keeps an item back must be over zero.");
        return builder.Use("not-purchased-within", new HistoryFilter(EventType.Purchase, time));
    }

    /// <summary>Keeps back the items that the page is about.</summary>
    /// <param name="builder">The builder.</param>
    public static IFilterBuilder NotAnchors(this IFilterBuilder builder) =>
        builder.Where("not-anchors", static (context, row) => !context.Anchors.Contains(row));

    /// <summary>Keeps the items that a predicate accepts.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The filter's name in answers and reports.</param>
    /// <param name="keep">Gets the request and an item's row; must be thread-safe.</param>
    public static IFilterBuilder Where(this IFilterBuilder builder, string name, Func<RequestContext, int, bool> keep)
    {
        ArgumentNullException.ThrowIfNull(keep);
        return builder.Use(name, new PredicateFilter(keep));
    }
}
