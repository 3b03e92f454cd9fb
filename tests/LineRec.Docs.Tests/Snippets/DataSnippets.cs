using LineRec.Data;
using LineRec.Simulation;

namespace LineRec.Docs.Tests.Snippets;

/// <summary>What the pages of LineRec.Simulation and LineRec.Data show: a small shop is simulated and its log read.</summary>
[Collection(nameof(ShopFolder))]
public class DataSnippets
{
    [Fact]
    public void A_shop_is_simulated_and_its_log_read()
    {
        #region simulation
        var truth = ShopSimulator.Run("log", new ShopSimulationOptions { Seed = 7, Users = 200, Items = 500, Days = 8 }); // events/*.parquet, items, users, campaigns
        float[] oracle = truth.PurchaseProbabilities("u00000042", truth.EndsAt.AddDays(-3)); // a probability a catalog row
        #endregion

        #region data
        var log = ShopLog.Open("log");                           // events.parquet or events/*.parquet, items.parquet, …
        var catalog = log.ReadCatalog();                         // rows in ordinal order of item id
        var table = log.ReadInteractions(catalog);               // by user and time
        int clicked = 0;
        foreach (var list in log.ReadImpressions(catalog))       // lists as shown, with what was clicked and bought
            if (list.Clicked.Contains(true)) clicked++;
        #endregion

        string checkpoint = "";
        long rows = 0;

        #region dataset
        var dataset = ParquetDataset.Open("log/events", new DatasetOptions
        {
            Columns = ["user_id", "item_id", "timestamp"],
            Where = [DatasetCondition.In("event_type", "click", "purchase")],
            Vocabularies = new Dictionary<string, DatasetVocabulary> { ["item_id"] = new(catalog.Ids.ToArray()) }, // read as catalog rows
            Seed = 1, Epochs = 2, Shard = 0, ShardCount = 1, Threads = 2, MemoryBudgetBytes = 256 << 20,
        });
        using var reader = dataset.Read();                       // or dataset.Read(DatasetPosition.FromJson(checkpoint))
        while (reader.TryRead(out var batch))
        {
            ReadOnlyMemory<int> items = batch.Values<int>("item_id"); // columns, straight into a tensor
            rows += items.Length;
            checkpoint = batch.Next.ToJson();                    // saved with the model
        }
        #endregion

        Assert.Equal(0, rows % 2);
        Assert.True(rows > 0);
        Assert.Equal(2, DatasetPosition.FromJson(checkpoint).Epoch);
        Assert.Equal(catalog.Count, oracle.Length);
        Assert.True(table.Count > 0);
        Assert.True(clicked > 0);
    }
}
