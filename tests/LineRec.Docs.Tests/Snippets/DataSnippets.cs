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

        Assert.Equal(catalog.Count, oracle.Length);
        Assert.True(table.Count > 0);
        Assert.True(clicked > 0);
    }
}
