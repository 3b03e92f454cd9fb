using LineRec.Data;
using LineRec.Features;
using LineRec.Preparation;
using LineRec.Simulation;

namespace LineRec.Docs.Tests.Snippets;

/// <summary>What the pages show of preparation, on a small simulated shop.</summary>
[Collection(nameof(ShopFolder))]
public class PreparationSnippets
{
    [Fact]
    public void A_log_is_prepared_and_fitted_in_shards()
    {
        var truth = ShopSimulator.Run("prepared-log", new ShopSimulationOptions { Seed = 7, Users = 100, Items = 200, Days = 4, EventTarget = 8_000 });
        File.Copy("prepared-log/items.parquet", "items.parquet", overwrite: true);
        Directory.Move("prepared-log/events", "prepared-events");
        var asOf = truth.EndsAt;

        #region preparation
        using var engine = new DuckDbEngine(new DuckDbOptions { MemoryLimitBytes = 1L << 30 });          // or new PostgreSqlEngine("Host=…")
        var log = EventLog.Parquet("prepared-events");                                                   // or new EventLog(SqlSource.Table("shop.events"))

        engine.WriteParquet(PreparationQueries.Sessions(log, gap: TimeSpan.FromMinutes(30)), "sessions.parquet");
        engine.WriteParquet(PreparationQueries.PlacementRates(log, from: asOf.AddDays(-30), to: asOf), "rates.parquet");
        engine.WriteParquet(PreparationQueries.Negatives(log, new ItemPool(SqlSource.Parquet("items.parquet")), seed: 7), "negatives.parquet");

        engine.WriteParquet(PreparationQueries.CounterHistory(log, LogEntity.Item), "history.parquet");  // how each item's counts grew …
        var history = new FeatureHistory(SqlSource.Parquet("history.parquet"), ["impressions", "clicks"]);
        engine.WriteParquet(PreparationQueries.AsOf(log, history, LogEntity.Item), "examples.parquet");  // … as each event could know them

        var examples = ParquetDataset.Open("examples.parquet");                                          // and on to the training
        #endregion

        Assert.Equal(new EventReader("prepared-events").CountRows(), examples.RowCount);

        #region preparation-spark
        var theirs = new EventLog(SqlSource.Parquet("s3://shop/events")) { UserId = "customer" };        // the company's names
        File.WriteAllText("sessions.sql", PreparationQueries.Sessions(theirs).ToSql(SqlDialect.Spark));  // spark-sql -f sessions.sql
        #endregion

        Assert.Contains("parquet.`s3://shop/events`", File.ReadAllText("sessions.sql"), StringComparison.Ordinal);
        var catalog = ItemTable.Read("items.parquet");
        var spec = FeatureSpec.Create(s => s.Item(i => i.Counts().WilsonCtr()));

        #region preparation-shards
        var fit = new ShardedFit(spec, catalog, asOf);
        var events = DatasetSource.At("prepared-events");
        var users = ShardedFit.ListUsers(events);                                                        // every worker numbers them alike

        fit.Count(events, users, shard: 0, shardCount: 2, "state-0");                                    // on one worker
        fit.Count(events, users, shard: 1, shardCount: 2, "state-1");                                    // on another

        using var fitted = fit.Merge(["state-0", "state-1"]);                                            // the fit of the whole log, bit for bit
        #endregion

        Assert.Equal(new EventReader("prepared-events").CountRows(), fitted.EventCount + Searches("prepared-events"));
    }

    /// <summary>Searches name no item and aren't counted.</summary>
    private static int Searches(string events) => new EventReader(events).Read(EventColumns.None).Sum(b => b.ItemIds.Count(i => i is null));
}
