using System.Text.RegularExpressions;
using LineRec.Data;

namespace LineRec.Samples.Shop.Logs;

/// <summary>
/// "Online Retail" (UCI): invoice lines of a gift shop. Lines with a customer, a quantity and a price over 0, of real products, become purchases; cancellations
/// and postage, fees, samples and vouchers are left out. The category is derived from the title's words.
/// </summary>
public sealed partial class OnlineRetailLog : ILogConverter
{
    private const string File = "online_retail.csv";
    private static readonly TimeSpan TestWindow = TimeSpan.FromDays(30);

    /// <inheritdoc/>
    public string Dataset => "online-retail";

    /// <inheritdoc/>
    public string Layout => "online_retail.csv(.gz): InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";

    /// <inheritdoc/>
    public bool Accepts(string directory) => DelimitedFile.Find(directory, File) is not null;

    /// <inheritdoc/>
    public ShopLogInfo Convert(string directory, string outDirectory)
    {
        var items = new SortedDictionary<string, Item>(StringComparer.Ordinal);
        var countries = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var last = DateTimeOffset.MinValue;
        long lines = 0;
        using (var file = DelimitedFile.Open(directory, File))
        using (var events = new EventWriter(Path.Combine(outDirectory, ShopLogLayout.EventsFolder), EventColumns.RequestId | EventColumns.Quantity | EventColumns.Price))
        {
            int code = file.Column("StockCode"), title = file.Column("Description"), quantity = file.Column("Quantity"), time = file.Column("InvoiceDate");
            int price = file.Column("UnitPrice"), customer = file.Column("CustomerID"), country = file.Column("Country");
            while (file.Read())
            {
                lines++;
                string item = file.Text(code).ToUpperInvariant(), user = file.Text(customer);
                if (user.Length == 0 || !Product().IsMatch(item)) continue;
                double pieces = file.Number(quantity), unit = file.Number(price);
                if (!(pieces > 0) || !(unit > 0)) continue;
                var at = file.Time(time);
                if (!items.TryGetValue(item, out var known)) items.Add(item, known = new Item(at));
                known.Add(file.Text(title), (float)unit, at);
                countries[user] = file.Text(country);
                last = at > last ? at : last;
                events.Write(new EventRow(user, item, EventType.Purchase, at.ToUnixTimeMilliseconds()) { Quantity = (float)pieces, Price = (float)unit });
            }

            if (items.Count == 0) throw new InvalidDataException($"'{directory}' holds no sale in {lines} lines.");
            events.Complete();
            WriteItems(Path.Combine(outDirectory, ShopLogLayout.ItemsFile), items, last + TimeSpan.FromMilliseconds(1) - TestWindow);
            new UserTable([.. countries.Keys], [TextColumn.Encode("country", [.. countries.Values])]).Write(Path.Combine(outDirectory, ShopLogLayout.UsersFile));
            var end = last + TimeSpan.FromMilliseconds(1);
            return new ShopLogInfo(Dataset, outDirectory, end - TestWindow, end, ["discovery", "all"])
            {
                Summary = $"{events.Count:n0} purchases of {lines:n0} invoice lines, {items.Count:n0} items, {countries.Count:n0} customers; the test is the last 30 days",
            };
        }
    }

    private static void WriteItems(string path, SortedDictionary<string, Item> items, DateTimeOffset split)
    {
        var words = new TitleWords();
        string[] titles = [.. items.Values.Select(i => i.Title)];
        foreach (string title in titles) words.Add(title);
        ItemTable.Write(path, new Catalog(
            [.. items.Keys],
            [
                TextColumn.Encode(CatalogColumns.Title, titles),
                TextColumn.Encode(CatalogColumns.Category, [.. titles.Select(words.CategoryOf)]),
                new NumberColumn(CatalogColumns.Price, [.. items.Values.Select(i => i.PriceBefore(split))]),
                new TimeColumn(CatalogColumns.ListedAt, [.. items.Values.Select(i => i.FirstSeen.ToUnixTimeMilliseconds())]),
            ]));
    }

    // Five digits and a variant's letters, or a party bag; what else there is (POST, D, M, BANK CHARGES, gift_0001_20) isn't a product.
    [GeneratedRegex("^([0-9]{5}[A-Z]*|DCGS.*)$")]
    private static partial Regex Product();

    private sealed class Item(DateTimeOffset firstSeen)
    {
        private readonly Dictionary<string, int> _titles = new(StringComparer.Ordinal);
        private readonly List<(DateTimeOffset At, float Price)> _prices = [];

        public DateTimeOffset FirstSeen => firstSeen;

        /// <summary>The title used most, the shorter and then the earlier in the alphabet among equals.</summary>
        public string Title => _titles.Count == 0 ? "" : _titles.OrderByDescending(t => t.Value).ThenBy(t => t.Key.Length).ThenBy(t => t.Key, StringComparer.Ordinal).First().Key;

        public void Add(string title, float price, DateTimeOffset at)
        {
            string normal = TitleWords.Normalise(title);
            if (normal.Length > 0) _titles[normal] = _titles.GetValueOrDefault(normal) + 1;
            _prices.Add((at, price));
        }

        /// <summary>The median price before the split; of an item that came later, its first.</summary>
        public float PriceBefore(DateTimeOffset split)
        {
            var median = new Median();
            foreach (var (_, price) in _prices.Where(p => p.At < split)) median.Add(price);
            return float.IsNaN(median.Value) ? _prices[0].Price : median.Value;
        }
    }
}
