using LineRec.Data;
using LineRec.Samples.Shop.Logs;

namespace LineRec.Samples.Shop;

public class CompleteJourneyLogTests(ITestOutputHelper output)
{
    [Fact]
    public void Lines_products_households_and_campaigns_become_the_four_tables()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["transactions_sample.csv"], """
            "household_id","store_id","basket_id","product_id","quantity","sales_value","retail_disc","coupon_disc","coupon_match_disc","week","transaction_timestamp"
            "2","309","1","30",2,5,0,0,0,5,"2017-03-01 10:00:00"
            "1","309","2","10",1,0,0,0,0,5,"2017-01-28 19:06:53"
            "1","309","2","10",0,1,0,0,0,5,"2017-01-28 19:06:53"

            """);
        File.WriteAllText(folder["products.csv"], """
            "product_id","manufacturer_id","department","brand","product_category","product_type","package_size"
            "10","2","GROCERY","National","FRZN ICE","ICE - CRUSHED/CUBED","22 LB"
            "20","3","MISCELLANEOUS","Private",,,

            """);
        File.WriteAllText(folder["demographics.csv"], """
            "household_id","age","income","home_ownership","marital_status","household_size","household_comp","kids_count"
            "1","65+","35-49K",,"Married","2","2 Adults No Kids","0"

            """);
        File.WriteAllText(folder["campaign_descriptions.csv"], """
            "campaign_id","campaign_type","start_date","end_date"
            "1","Type B",2017-03-03,2017-04-09

            """);
        File.WriteAllText(folder["coupons.csv"], """
            "coupon_upc","product_id","campaign_id"
            "1","10","1"

            """);
        var info = LogConverters.Detect(folder.Path).Convert(folder.Path, folder["out"]);
        var log = ShopLog.Open(info.Directory);
        var rows = log.ReadEvents().SelectMany(b => Enumerable.Range(0, b.Count).Select(i => b[i])).ToList();
        Assert.Equal([("1", "10"), ("2", "30")], rows.Select(r => (r.UserId, r.ItemId!)));
        Assert.True(float.IsNaN(rows[0].Price)); // given away
        Assert.Equal(2.5f, rows[1].Price);
        var catalog = log.ReadCatalog();
        Assert.Equal(["10", "20", "30"], catalog.Ids);
        Assert.Equal(["grocery/frzn ice", "miscellaneous", null], Enumerable.Range(0, 3).Select(r => catalog.Category![r]));
        var users = log.ReadUsers()!;
        Assert.Equal("65+", users.Find<TextColumn>("age")![0]);
        Assert.Null(users.Find<TextColumn>("age")![1]);
        var campaign = Assert.Single(log.ReadCampaigns());
        Assert.Equal(["grocery/frzn ice"], campaign.Values);
        Assert.True(campaign.IsActiveAt(new DateTimeOffset(2017, 4, 9, 23, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public void The_real_log_has_the_lines_that_were_counted()
    {
        if (SharedData.Find("complete-journey", output) is not { } data) return;
        using var folder = new TemporaryFolder();
        var info = LogConverters.Detect(data).Convert(data, folder.Path);
        output.WriteLine(info.Summary);
        var log = ShopLog.Open(folder.Path);
        Assert.Equal(75_000 - 416, log.Events.CountRows());
        Assert.Equal(TimeSpan.FromDays(28), info.Window);
        Assert.InRange(log.ReadCatalog().Count, 92_331, 92_600);
        Assert.Equal(27, log.ReadCampaigns().Count);
        Assert.InRange(log.ReadUsers()!.Find<TextColumn>("age")!.Codes.ToArray().Count(c => c >= 0), 790, 801);
    }
}
