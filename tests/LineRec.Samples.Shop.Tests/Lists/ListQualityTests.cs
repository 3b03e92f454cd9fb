using LineRec.Data;
using LineRec.Samples.Shop.Logs;

namespace LineRec.Samples.Shop.Lists;

public class ListQualityTests
{
    private const string Header = "user_id\tsession_id\ttimestamp\tstep\taction_type\treference\tplatform\tcity\tdevice\tcurrent_filters\timpressions\tprices\n";
    private const long FirstDay = 1_541_548_800, SecondDay = FirstDay + 86_400; // 2018-11-07 and 2018-11-08

    [Fact]
    public void Systems_get_the_reciprocal_ranks_that_one_counts_by_hand()
    {
        var (_, training, test, history, catalog) = Read();
        var baselines = new ListBaselines(history, ListBaselines.CountClicks(training, catalog.Count));
        var quality = new ListQuality(test);
        Assert.Equal(2, quality.Sessions);

        // Lists of the test: s3 is shown 10 20 30, then 30 10 20 and clicks 30 and 20; s4 is shown 10 20 30 and clicks 30. Day 1: 20 has two clicks, 10 has one.
        Assert.Equal(((1 / 3.0) + (1 / 3.0) + (1 / 3.0)) / 3, quality.Judge("display_order", ListBaselines.DisplayOrder).Value, 12);
        Assert.Equal(((1 / 3.0) + 1 + (1 / 3.0)) / 3, quality.Judge("popularity", baselines.Popularity).Value, 12); // 20, 10, 30

        // s3 touched 30 and then 20 in the very second of its first list: 20 30 10; then touched 10 and 30: 30 10 20. s4 touched nothing.
        Assert.Equal(((1 / 2.0) + (1 / 3.0) + (1 / 3.0)) / 3, quality.Judge("touched_before", baselines.TouchedBefore).Value, 12);
        Assert.Equal([30, 10, 20], Ids(baselines.TouchedThenDisplay(test[2]), catalog));
        Assert.Equal([20, 30, 10], Ids(baselines.TouchedThenDisplay(test[0]), catalog));
        Assert.Equal([10, 20, 30], Ids(baselines.TouchedThenDisplay(test[1]), catalog));
        var better = quality.Compare("popularity", "display_order");
        Assert.Equal(2 / 9.0, better.Value, 12);
        Assert.InRange(better.Value, better.Low, better.High);
    }

    [Fact]
    public void Whole_sessions_go_to_the_day_on_which_they_begin()
    {
        var (split, training, test, _, catalog) = Read();
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(SecondDay), split);
        Assert.Equal(["s1", "s2", "s2"], training.Select(l => l.UserId));
        Assert.Equal(["s3", "s4", "s3"], test.Select(l => l.UserId)); // by time; the list that s2 is shown after midnight is in neither
        Assert.Equal([30, 30, 20], Ids([.. test.Select(l => l.ClickedRow)], catalog));
        Assert.Equal([50f, 60f, 70f], test[0].Prices);
    }

    [Fact]
    public void A_click_that_a_system_leaves_out_counts_as_nothing()
    {
        var (_, _, test, _, _) = Read();
        Assert.Equal(0, new ListQuality(test).Judge("nothing", _ => []).Value);
    }

    private static int[] Ids(int[] rows, Catalog catalog) => Array.ConvertAll(rows, row => int.Parse(catalog.IdOf(row), System.Globalization.CultureInfo.InvariantCulture));

    private static (DateTimeOffset Split, IReadOnlyList<ListCase> Training, IReadOnlyList<ListCase> Test, InteractionTable History, Catalog Catalog) Read()
    {
        using var folder = new TemporaryFolder();
        string[] steps =
        [
            ClickOut("s1", FirstDay + 10, 1, 10, "10|20|30", "50|60|70"),
            ClickOut("s2", FirstDay + 20, 1, 20, "10|20|30", "50|60|70"),
            ClickOut("s2", FirstDay + 30, 2, 20, "10|20|30", "50|60|70"),
            ClickOut("s2", SecondDay + 1, 3, 30, "10|20|30", "50|60|70"),
            Touch("s3", SecondDay + 100, 1, 30),
            Touch("s3", SecondDay + 100, 2, 20),
            ClickOut("s3", SecondDay + 100, 3, 30, "10|20|30", "50|60|70"),
            Touch("s3", SecondDay + 100, 4, 10),
            Touch("s3", SecondDay + 150, 5, 30),
            ClickOut("s3", SecondDay + 200, 6, 20, "30|10|20", "71|51|61"),
            ClickOut("s4", SecondDay + 120, 1, 30, "10|20|30", "50|60|70"),
        ];
        File.WriteAllText(folder["sessions_100k.tsv"], Header + string.Concat(steps));
        var info = LogConverters.Detect(folder.Path).Convert(folder.Path, folder["out"]);
        var log = ShopLog.Open(info.Directory);
        var catalog = log.ReadCatalog();
        var (training, test) = ListCases.Read(log, catalog, info.SplitAt);
        return (info.SplitAt, training, test, log.ReadInteractions(catalog), catalog);
    }

    private static string Touch(string session, long time, int step, int hotel) => $"v\t{session}\t{time}\t{step}\tinteraction item image\t{hotel}\tFR\tMarseille, France\ttablet\t\t\t\n";

    private static string ClickOut(string session, long time, int step, int hotel, string shown, string prices) => $"v\t{session}\t{time}\t{step}\tclickout item\t{hotel}\tFR\tMarseille, France\ttablet\t\t{shown}\t{prices}\n";
}
