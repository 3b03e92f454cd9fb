using System.Globalization;
using LineRec.Data;

namespace LineRec.Samples.Shop.Logs;

/// <summary>
/// "trivago" (RecSys Challenge 2019, sample): hotel-search sessions. A click-out becomes the list that was shown (impressions at placement "search" with position
/// and price), a click in it by the same request_id, and, as it leads to where the hotel is booked, a cart; touching a hotel otherwise becomes a click at placement
/// "details"; what was searched, filtered or sorted becomes a search. A user of the log is a session; users.parquet names the visitor. The log's times are whole seconds; steps of one
/// second are put a millisecond apart, so that their order stays. The last day is the test,
/// by whole sessions.
/// </summary>
public sealed class TrivagoLog : ILogConverter
{
    private const string File = "sessions_100k.tsv";

    /// <inheritdoc/>
    public string Dataset => "trivago";

    /// <inheritdoc/>
    public string Layout => "sessions_100k.tsv(.gz): user_id, session_id, timestamp, step, action_type, reference, platform, city, device, current_filters, impressions, prices";

    /// <inheritdoc/>
    public bool Accepts(string directory) => DelimitedFile.Find(directory, File) is not null;

    /// <inheritdoc/>
    public ShopLogInfo Convert(string directory, string outDirectory)
    {
        var hotels = new SortedDictionary<string, Hotel>(StringComparer.Ordinal);
        var sessions = new SortedDictionary<string, (string Visitor, string Platform, string Device)>(StringComparer.Ordinal);
        var last = DateTimeOffset.MinValue;
        int lists = 0, noClick = 0;
        (string User, long Second, int Steps) latest = ("", 0, 0);
        using var events = new EventWriter(
            Path.Combine(outDirectory, ShopLogLayout.EventsFolder), EventColumns.Placement | EventColumns.Position | EventColumns.RequestId | EventColumns.Query | EventColumns.Price);
        using (var file = DelimitedFile.Open(directory, File, '\t', isQuoted: false))
        {
            int visitor = file.Column("user_id"), session = file.Column("session_id"), time = file.Column("timestamp"), step = file.Column("step"), action = file.Column("action_type"), reference = file.Column("reference");
            int platform = file.Column("platform"), city = file.Column("city"), device = file.Column("device"), shown = file.Column("impressions"), prices = file.Column("prices");
            while (file.Read())
            {
                string user = file.Text(session), of = file.Text(reference), place = file.Text(city), what = file.Text(action);
                var at = file.UnixSeconds(time);
                latest = (user, at.ToUnixTimeSeconds(), latest.User == user && latest.Second == at.ToUnixTimeSeconds() ? Math.Min(latest.Steps + 1, 999) : 0);
                at = at.AddMilliseconds(latest.Steps);
                last = at > last ? at : last;
                sessions.TryAdd(user, (file.Text(visitor), file.Text(platform), file.Text(device)));
                var row = new EventRow(user, of, EventType.Click, at.ToUnixTimeMilliseconds());
                if (what == "clickout item")
                {
                    string request = $"{user}-{file.Text(step)}";
                    string[] items = file.Text(shown).Split('|'), amounts = file.Text(prices).Split('|');
                    if (items.Length != amounts.Length) throw file.Wrong(prices, $"as many prices as there are impressions, {items.Length}");
                    for (int i = 0; i < items.Length; i++)
                    {
                        if (!float.TryParse(amounts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out float price)) throw file.Wrong(prices, "numbers");
                        Seen(hotels, items[i], place).Prices.Add((at, price));
                        events.Write(row with { ItemId = items[i], Type = EventType.Impression, Placement = "search", Position = i + 1, RequestId = request, Price = price });
                    }

                    lists++;
                    int clicked = Array.IndexOf(items, of);
                    if (clicked < 0) noClick++;
                    Seen(hotels, of, place);
                    events.Write(row with { Placement = "search", Position = clicked + 1, RequestId = request });
                    events.Write(row with { Type = EventType.Cart, Placement = "search" });
                }
                else if (what.EndsWith(" item", StringComparison.Ordinal) || what.StartsWith("interaction item", StringComparison.Ordinal))
                {
                    if (!of.All(char.IsAsciiDigit)) continue; // the search for an item that couldn't be told
                    Seen(hotels, of, place);
                    events.Write(row with { Placement = "details", Query = what });
                }
                else
                {
                    events.Write(row with { ItemId = null, Type = EventType.Search, Placement = "search", Query = of });
                }
            }
        }

        if (lists == 0) throw new InvalidDataException($"'{directory}' holds no click-out.");
        events.Complete();
        var split = new DateTimeOffset(last.UtcDateTime.Date, TimeSpan.Zero);
        ItemTable.Write(Path.Combine(outDirectory, ShopLogLayout.ItemsFile), new Catalog(
            [.. hotels.Keys],
            [
                TextColumn.Encode(CatalogColumns.Category, [.. hotels.Values.Select(h => h.City)]),
                new NumberColumn(CatalogColumns.Price, [.. hotels.Values.Select(h => h.PriceBefore(split))]),
            ]));
        new UserTable(
            [.. sessions.Keys],
            [
                TextColumn.Encode("visitor", [.. sessions.Values.Select(s => s.Visitor)]),
                TextColumn.Encode("platform", [.. sessions.Values.Select(s => s.Platform)]),
                TextColumn.Encode("device", [.. sessions.Values.Select(s => s.Device)]),
            ]).Write(Path.Combine(outDirectory, ShopLogLayout.UsersFile));
        return new ShopLogInfo(Dataset, outDirectory, split, last.AddMilliseconds(1), ["lists"])
        {
            UsersAreSessions = true,
            HasImpressions = true,
            Summary = $"{lists:n0} lists of {sessions.Count:n0} sessions, {hotels.Count:n0} hotels; {noClick:n0} click-outs aren't in their list; the test is the sessions that begin on {split:yyyy-MM-dd}",
        };
    }

    private static Hotel Seen(SortedDictionary<string, Hotel> hotels, string id, string city)
    {
        if (!hotels.TryGetValue(id, out var hotel)) hotels.Add(id, hotel = new Hotel(CategoryOf(city)));
        return hotel;
    }

    // "Marseille, France" is the path "France/Marseille".
    private static string CategoryOf(string city) => string.Join('/', city.Split(", ").Reverse().Select(p => p.Replace('/', ' ')));

    private sealed class Hotel(string city)
    {
        public string City => city;

        public List<(DateTimeOffset At, float Price)> Prices { get; } = [];

        /// <summary>The median price shown before the split; of a hotel shown only later, the first one shown; NaN for one never shown.</summary>
        public float PriceBefore(DateTimeOffset split)
        {
            var median = new Median();
            foreach (var (_, price) in Prices.Where(p => p.At < split)) median.Add(price);
            return !float.IsNaN(median.Value) || Prices.Count == 0 ? median.Value : Prices[0].Price;
        }
    }
}
