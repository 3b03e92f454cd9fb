using LineRec.Data;
using LineRec.Samples.Shop.Logs;

namespace LineRec.Samples.Shop;

public class TrivagoLogTests(ITestOutputHelper output)
{
    private const string Header = "user_id\tsession_id\ttimestamp\tstep\taction_type\treference\tplatform\tcity\tdevice\tcurrent_filters\timpressions\tprices\n";

    [Fact]
    public void A_click_out_becomes_the_list_and_the_click_in_it()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(
            folder["sessions_100k.tsv"],
            Header +
            "v\ts\t1541599523\t1\tinteraction item image\t20\tFR\tMarseille, France\ttablet\t\t\t\n" +
            "v\ts\t1541599530\t2\tfilter selection\tPool\tFR\tMarseille, France\ttablet\tPool|\"Spa\t\t\n" +
            "v\ts\t1541599553\t3\tclickout item\t20\tFR\tMarseille, France\ttablet\t\t10|20|30\t71|107|119\n" +
            "v\ts\t1541599560\t4\tsearch for item\tunknown\tFR\tMarseille, France\ttablet\t\t\t\n");
        var info = LogConverters.Detect(folder.Path).Convert(folder.Path, folder["out"]);
        var log = ShopLog.Open(info.Directory);
        var catalog = log.ReadCatalog();
        var list = Assert.Single(log.ReadImpressions(catalog));
        Assert.Equal(("search", "s", "s-3"), (list.Placement, list.UserId, list.RequestId));
        Assert.Equal(["10", "20", "30"], list.Rows.Select(catalog.IdOf));
        Assert.Equal([1, 2, 3], list.Positions);
        Assert.Equal([71, 107, 119], list.Prices);
        Assert.Equal([false, true, false], list.Clicked);
        var table = log.ReadInteractions(catalog);
        Assert.Equal([EventType.Click, EventType.Click, EventType.Cart], table.Types);
        Assert.Equal(["20", "20", "20"], table.Rows.Select(catalog.IdOf));
        Assert.Equal("France/Marseille", catalog.Category![0]);
        Assert.Equal("v", log.ReadUsers()!.Find<TextColumn>("visitor")![0]);
        Assert.Equal(["details", "search"], log.ReadEvents().SelectMany(b => Enumerable.Range(0, b.Count).Where(i => b.Types[i] == EventType.Click).Select(i => b.Placements![i]!)));
        Assert.Equal("Pool", log.ReadEvents().SelectMany(b => Enumerable.Range(0, b.Count).Where(i => b.Types[i] == EventType.Search).Select(i => b.Queries![i])).Single());
    }

    [Fact]
    public void A_list_with_more_items_than_prices_is_named()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["sessions_100k.tsv"], Header + "v\ts\t1541599553\t3\tclickout item\t20\tFR\tMarseille, France\ttablet\t\t10|20|30\t71|107\n");
        Assert.Contains("line 2, column 'prices'", Assert.Throws<InvalidDataException>(() => LogConverters.Detect(folder.Path).Convert(folder.Path, folder["out"])).Message);
    }

    [Fact]
    public void The_real_log_has_the_lists_that_were_counted()
    {
        if (SharedData.Find("trivago", output) is not { } data) return;
        using var folder = new TemporaryFolder();
        var info = LogConverters.Detect(data).Convert(data, folder.Path);
        output.WriteLine(info.Summary);
        Assert.Equal(new DateTimeOffset(2018, 11, 8, 0, 0, 0, TimeSpan.Zero), info.SplitAt);
        var log = ShopLog.Open(folder.Path);
        var lists = log.ReadImpressions(log.ReadCatalog()).ToList();
        Assert.Equal(13_597, lists.Count);
        Assert.Equal(312_539, lists.Sum(l => l.Count));
        Assert.Equal(4_209, lists.Count(l => l.Clicked[0]));
        Assert.Equal(13_596, lists.Count(l => l.Clicked.Contains(true)));
        Assert.Equal(7_612, log.ReadUsers()!.Count);
    }
}
