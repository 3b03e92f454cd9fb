namespace LineRec.Preparation.Tests.Queries;

/// <summary>All queries over tables of some names.</summary>
internal static class AllQueries
{
    public static IReadOnlyList<PreparationQuery> Of(string table) => Of(new EventLog(SqlSource.Table(table)));

    public static IReadOnlyList<PreparationQuery> Of(EventLog log)
    {
        var asOf = DateTimeOffset.UnixEpoch.AddYears(56);
        return
        [
            PreparationQueries.Sessions(log),
            PreparationQueries.Negatives(log, new ItemPool(SqlSource.Table("items")), seed: 7),
            PreparationQueries.AsOf(log, new FeatureHistory(SqlSource.Table("prices"), ["price", "stock"]), LogEntity.Item),
            PreparationQueries.PlacementRates(log, asOf.AddDays(-30), asOf),
            PreparationQueries.DecayedCounts(log, LogEntity.Item, asOf),
            PreparationQueries.Counters(log, LogEntity.User),
            PreparationQueries.CounterHistory(log, LogEntity.User),
        ];
    }
}
