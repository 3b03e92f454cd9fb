using System.IO.Compression;
using LineRec.Data;

namespace LineRec.Cli.Tests;

/// <summary>Files of others become a log.</summary>
public sealed class ConvertTests : IDisposable
{
    private const string Events = """
        ts,visitorid,event,itemid,transactionid
        2026-01-02T10:00:00Z,u1,view,i1,
        1767348000000,u2,addtocart,i2,
        1767261600,u1,transaction,"i,3",t9
        2026-01-02 10:00:00+02:00,u3,view,i1,
        2026-01-02,,view,i1,
        yesterday,u1,view,i1,
        2026-01-02,u1,hover,i1,
        2026-01-02,u1,view,,
        2026-01-02,u1,view,i1,t1,more,than,there,are

        """;

    private static readonly string[] Map = ["--map", "user_id=visitorid", "--map", "item_id=itemid", "--map", "event_type=event", "--map", "timestamp=ts", "--type", "view=click", "--type", "addtocart=cart", "--type", "transaction=purchase"];

    private readonly string _folder = Directory.CreateTempSubdirectory("linerec-convert-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_csv_becomes_events_by_day_and_bad_rows_are_kept_with_their_reasons()
    {
        string output = Path.Combine(_folder, "log");
        string[] convert = ["convert", "--events", Write("events.csv", Events), "--out", output, "--max-bad", "0.9", .. Map];
        var report = await Cli.JsonAsync(convert);
        Assert.Equal((4, 2, 3), (report.GetProperty("events").GetInt32(), report.GetProperty("days").GetInt32(), report.GetProperty("items").GetInt32()));
        Assert.Equal(["2026-01-01 10:00 u1 Purchase i,3", "2026-01-02 08:00 u3 Click i1", "2026-01-02 10:00 u1 Click i1", "2026-01-02 10:00 u2 Cart i2"], Read(output));
        Assert.Equal(["date=2026-01-01", "date=2026-01-02"], Directory.EnumerateDirectories(Path.Combine(output, "events")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(["i,3", "i1", "i2"], ShopLog.Open(output).ReadCatalog().Ids.ToArray());

        var reasons = report.GetProperty("bad_rows").EnumerateObject().ToDictionary(r => r.Name, r => r.Value.GetInt32());
        Assert.Equal(5, reasons.Values.Sum());
        Assert.All(reasons.Values, v => Assert.Equal(1, v));
        Assert.Contains("events: no user_id", reasons.Keys);
        Assert.Contains("events: no item_id", reasons.Keys);
        Assert.Contains("events: no timestamp, or one that can't be read", reasons.Keys);
        Assert.Contains("events: the line isn't a row of the file", reasons.Keys);
        Assert.Contains(reasons.Keys, r => r.Contains("event_type 'hover' isn't one of impression, click,", StringComparison.Ordinal));
        string[] kept = await File.ReadAllLinesAsync(Path.Combine(report.GetProperty("quarantine").GetString()!, "events.jsonl"));
        Assert.Equal(5, kept.Length);
        Assert.Contains(kept, k => k.Contains("yesterday", StringComparison.Ordinal));
        Assert.Contains(kept, k => k.Contains("more,than,there,are", StringComparison.Ordinal));

        // Again: the same bytes, and nothing left of the work.
        var before = Recipes.FileFingerprint.OfFolder(output, "");
        await Cli.JsonAsync(convert);
        Assert.Equal(before, Recipes.FileFingerprint.OfFolder(output, ""));
        Assert.False(Directory.Exists(Path.Combine(output, ".making")));
    }

    [Fact]
    public async Task Too_many_bad_rows_convert_nothing_and_leave_an_earlier_log_alone()
    {
        string output = Path.Combine(_folder, "log"), events = Write("events.csv", Events);
        await Cli.JsonAsync(["convert", "--events", events, "--out", output, "--max-bad", "0.9", .. Map]);
        var before = Read(output);
        var (code, _, error) = await Cli.RunAsync(["convert", "--events", events, "--out", output, .. Map]);
        Assert.Equal((int)ExitCode.Usage, code);
        Assert.Contains("5 of 9 rows are bad", error, StringComparison.Ordinal);
        Assert.Equal(before, Read(output));
    }

    [Theory]
    [InlineData("events.tsv", "\t")]
    [InlineData("events.jsonl", "")]
    [InlineData("events.csv.gz", ",")]
    public async Task Other_forms_give_the_same_log(string name, string separator)
    {
        string[][] rows = [["2026-01-02T10:00:00Z", "u1", "click", "i1", "2"], ["2026-01-03T11:30:00Z", "u2", "purchase", "i2", "1.5"]];
        string[] columns = ["timestamp", "user_id", "event_type", "item_id", "quantity"];
        string text = separator.Length == 0
            ? string.Join('\n', rows.Select(r => "{" + string.Join(',', r.Select((v, i) => $"\"{columns[i]}\": \"{v}\"")) + "}")) + "\n"
            : string.Join('\n', rows.Prepend(columns).Select(r => string.Join(separator, r))) + "\n";
        string output = Path.Combine(_folder, "log");
        await Cli.JsonAsync("convert", "--events", Write(name, text), "--out", output);
        Assert.Equal(["2026-01-02 10:00 u1 Click i1", "2026-01-03 11:30 u2 Purchase i2"], Read(output));
        Assert.Equal([2f, 1.5f], ShopLog.Open(output).ReadEvents().SelectMany(b => Enumerable.Range(0, b.Count).Select(i => b[i].Quantity)));
    }

    [Fact]
    public async Task A_log_of_ours_comes_out_of_parquet_as_it_went_in()
    {
        string log = Path.Combine(_folder, "simulated"), output = Path.Combine(_folder, "log");
        await Cli.JsonAsync("simulate", "--out", log, "--days", "2", "--users", "100", "--items", "100");
        await Cli.JsonAsync("convert", "--events", Path.Combine(log, "events", "**", "*.parquet"), "--items", Path.Combine(log, "items.parquet"), "--out", output);
        var (theirs, ours) = (ShopLog.Open(log), ShopLog.Open(output));
        Assert.Equal(All(theirs).Order(StringComparer.Ordinal), All(ours).Order(StringComparer.Ordinal));
        Catalog before = theirs.ReadCatalog(), after = ours.ReadCatalog();
        Assert.Equal(before.Ids.ToArray(), after.Ids.ToArray());
        Assert.Equal(before.Price!.Values.ToArray(), after.Price!.Values.ToArray());
        Assert.Equal(before.ListedAt!.UnixMilliseconds.ToArray(), after.ListedAt!.UnixMilliseconds.ToArray());
        Assert.Equal(Enumerable.Range(0, before.Count).Select(i => before.Category![i]), Enumerable.Range(0, after.Count).Select(i => after.Category![i]));

        static IEnumerable<string> All(ShopLog log) => log.ReadEvents().SelectMany(b => Enumerable.Range(0, b.Count).Select(i => b[i].ToString()));
    }

    [Fact]
    public async Task Items_keep_their_columns_by_what_they_hold()
    {
        string items = Write("items.csv", "sku,price,colour,listed_at,weight\nb,3.5,red,2025-12-01,7\na,cheap,blue,2025-12-02,8\nb,1,red,2025-12-01,7\n,1,red,2025-12-01,7\n");
        string output = Path.Combine(_folder, "log");
        var report = await Cli.JsonAsync("convert", "--events", Write("e.csv", "user_id,item_id,timestamp\nu,a,1767348000\n"), "--event-type", "click", "--items", items, "--item-map", "item_id=sku", "--max-bad", "0.6", "--out", output);
        var catalog = ShopLog.Open(output).ReadCatalog();
        Assert.Equal(["a", "b"], catalog.Ids.ToArray());
        Assert.Equal([float.NaN, 3.5f], catalog.Price!.Values.ToArray());
        Assert.Equal([8f, 7f], catalog.Find<NumberColumn>("weight")!.Values.ToArray());
        Assert.Equal("blue", catalog.Find<TextColumn>("colour")![0]);
        Assert.Equal(new DateTimeOffset(2025, 12, 2, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), catalog.ListedAt!.UnixMilliseconds[0]);
        Assert.Equal(["items: an item_id that came before", "items: no item_id"], report.GetProperty("bad_rows").EnumerateObject().Select(r => r.Name));
    }

    [Theory]
    [InlineData("has no column 'user_id' for user_id; it has a, b. Name it: --map user_id=COLUMN.", "a,b\n1,2\n")]
    [InlineData("or give all events one --event-type", "user_id,item_id,timestamp\n1,2,3\n")]
    [InlineData("has no column 'nobody', which --map request_id=nobody names", "user_id,item_id,timestamp,event_type\n1,2,3,click\n", "--map", "request_id=nobody")]
    [InlineData("--map is 'user_id'; it must be NAME=NAME.", "a\n1\n", "--map", "user_id")]
    [InlineData("--map names 'user_id' twice.", "a\n1\n", "--map", "user_id=a", "--map", "user_id=b")]
    public async Task What_is_missing_is_named(string message, string text, params string[] more)
    {
        var (code, _, error) = await Cli.RunAsync(["convert", "--events", Write("e.csv", text), "--out", Path.Combine(_folder, "log"), .. more]);
        Assert.Equal((int)ExitCode.Usage, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere.csv", "can't be read")]
    [InlineData("events.xlsx", "csv, tsv, json, jsonl, ndjson and parquet can be read")]
    public async Task A_file_that_is_not_there_or_of_another_kind_is_refused(string name, string message)
    {
        var (code, _, error) = await Cli.RunAsync("convert", "--events", Path.Combine(_folder, name), "--out", Path.Combine(_folder, "log"));
        Assert.Equal((int)ExitCode.Usage, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        using Stream file = File.Create(path);
        using var writer = new StreamWriter(name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionLevel.Fastest) : file);
        writer.Write(text);
        return path;
    }

    private static List<string> Read(string log) => [.. ShopLog.Open(log).ReadEvents().SelectMany(b => Enumerable.Range(0, b.Count).Select(i => b[i]))
        .Select(e => FormattableString.Invariant($"{DateTimeOffset.FromUnixTimeMilliseconds(e.UnixMilliseconds):yyyy-MM-dd HH:mm} {e.UserId} {e.Type} {e.ItemId}"))];
}
