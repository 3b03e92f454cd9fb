using System.IO.Compression;
using LineRec.Data;
using LineRec.Samples.Shop.Logs;

namespace LineRec.Samples.Shop;

public class OnlineRetailLogTests(ITestOutputHelper output)
{
    private const string Header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";

    [Fact]
    public void Only_sales_of_products_to_customers_are_kept()
    {
        var log = Convert(
            Header +
            "1,85123A,\"LANTERN, WHITE \",6,2010-12-01 08:26:00,2.55,17850,United Kingdom\n" +
            "1,85123a,\"LANTERN, WHITE\",1,2010-12-02 08:26:00,3.00,17851,France\n" +
            "1,POST,POSTAGE,1,2010-12-01 08:26:00,18.00,17850,United Kingdom\n" +
            "C2,85123A,\"LANTERN, WHITE\",-6,2010-12-01 09:00:00,2.55,17850,United Kingdom\n" +
            "3,71053,LANTERN,1,2010-12-01 09:00:00,0.00,17850,United Kingdom\n" +
            "4,71053,LANTERN,1,2010-12-01 09:00:00,4.00,,United Kingdom\n");
        var rows = log.ReadEvents().SelectMany(b => Enumerable.Range(0, b.Count).Select(i => b[i])).ToList();
        Assert.Equal(["17850", "17851"], rows.Select(r => r.UserId));
        Assert.All(rows, r => Assert.Equal(("85123A", EventType.Purchase), (r.ItemId, r.Type)));
        Assert.Equal((6f, 2.55f), (rows[0].Quantity, rows[0].Price));
        var catalog = log.ReadCatalog();
        Assert.Equal("lantern, white", catalog.Title![0]);
        Assert.Equal(2.55f, catalog.Price![0]); // the last 30 days are the test: none is before, so the first price
        Assert.Equal("France", log.ReadUsers()!.Find<TextColumn>("country")![1]);
    }

    [Fact]
    public void The_category_is_the_word_that_most_titles_share()
    {
        var words = new TitleWords();
        string[] bags = [.. Enumerable.Range(0, 12).Select(i => $"JUMBO BAG {(char)('A' + i)}XY RETROSPOT")];
        string[] holders = [.. Enumerable.Range(0, 9).Select(i => $"WHITE HEART T-LIGHT HOLDERS {i}")];
        foreach (string title in (string[])[.. bags, .. holders, "ODD THING"]) words.Add(title);
        Assert.Equal("bag", words.CategoryOf("JUMBO BAG AXY RETROSPOT"));
        Assert.Equal("holder", words.CategoryOf("WHITE HEART T-LIGHT HOLDERS 3"));
        Assert.Equal("other", words.CategoryOf("ODD THING"));
    }

    [Fact]
    public void A_line_that_cannot_be_read_is_named()
    {
        string message = Assert.Throws<InvalidDataException>(() => Convert(Header + "1,85123A,LANTERN,six,2010-12-01 08:26:00,2.55,17850,UK\n")).Message;
        Assert.Contains("line 2, column 'Quantity': needs a number, found 'six'", message);
        message = Assert.Throws<InvalidDataException>(() => Convert("InvoiceNo,Description\n1,LANTERN\n")).Message;
        Assert.Contains("has no column 'StockCode'; it has InvoiceNo, Description", message);
        Assert.Contains("holds no sale", Assert.Throws<InvalidDataException>(() => Convert(Header)).Message);
    }

    [Fact]
    public void The_real_log_has_the_sales_that_were_counted()
    {
        if (SharedData.Find("online-retail", output) is not { } data) return;
        using var folder = new TemporaryFolder();
        var info = LogConverters.Detect(data).Convert(data, folder.Path);
        output.WriteLine(info.Summary);
        Assert.Equal("online-retail", info.Dataset);
        Assert.Equal(TimeSpan.FromDays(30), info.Window);
        var log = ShopLog.Open(folder.Path);

        // 397,884 sales with a customer, of which about 1,550 are postage, fees and the like.
        Assert.InRange(log.Events.CountRows(), 395_000, 397_884);
        var catalog = log.ReadCatalog();
        Assert.InRange(catalog.Count, 3_500, 3_700);
        output.WriteLine(string.Join(", ", Enumerable.Range(0, catalog.Count).GroupBy(r => catalog.Category![r]).OrderByDescending(g => g.Count()).Take(60).Select(g => $"{g.Key} {g.Count()}")));
        int categories = catalog.Category!.Values.Length;
        Assert.InRange(categories, 60, 250);
        Assert.True(catalog.Category.Codes.ToArray().GroupBy(c => c).Max(g => g.Count()) < catalog.Count / 6);
        Assert.DoesNotContain("POST", catalog.Ids.ToArray());
    }

    private static ShopLog Convert(string text)
    {
        using var source = new TemporaryFolder();
        using (var file = new GZipStream(File.Create(source["online_retail.csv.gz"]), CompressionMode.Compress)) file.Write(System.Text.Encoding.UTF8.GetBytes(text));
        string outDirectory = Path.Combine(Path.GetTempPath(), "linerec-" + Guid.NewGuid().ToString("N"));
        new OnlineRetailLog().Convert(source.Path, outDirectory);
        return ShopLog.Open(outDirectory);
    }
}
