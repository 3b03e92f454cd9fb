using LineRec.Data;

namespace LineRec.Samples.Shop.Logs;

/// <summary>
/// "The Complete Journey" (84.51°): lines of a grocer's baskets with departments, categories, demographics and campaigns. Lines with a quantity over 0 become
/// purchases; the catalog holds every product of the products table. A campaign applies to the categories that most of its coupons are for.
/// </summary>
public sealed class CompleteJourneyLog : ILogConverter
{
    private const string Transactions = "transactions_sample.csv", Products = "products.csv", Demographics = "demographics.csv";
    private const string Campaigns = "campaign_descriptions.csv", Coupons = "coupons.csv";
    private const int CategoriesPerCampaign = 10;
    private static readonly TimeSpan TestWindow = TimeSpan.FromDays(28);

    /// <inheritdoc/>
    public string Dataset => "complete-journey";

    /// <inheritdoc/>
    public string Layout => "transactions_sample.csv(.gz), products.csv(.gz); optional demographics, campaign_descriptions and coupons .csv(.gz)";

    /// <inheritdoc/>
    public bool Accepts(string directory) => DelimitedFile.Find(directory, Transactions) is not null && DelimitedFile.Find(directory, Products) is not null;

    /// <inheritdoc/>
    public ShopLogInfo Convert(string directory, string outDirectory)
    {
        var lines = ReadLines(directory);
        if (lines.Count == 0) throw new InvalidDataException($"'{directory}' holds no line with a quantity over 0.");

        // The sample's lines are in no order; three quarters of a hundred thousand fit in memory.
        lines.Sort((a, b) => a.UnixMilliseconds != b.UnixMilliseconds ? a.UnixMilliseconds.CompareTo(b.UnixMilliseconds) : string.CompareOrdinal(a.UserId + "/" + a.ItemId, b.UserId + "/" + b.ItemId));
        var end = DateTimeOffset.FromUnixTimeMilliseconds(lines[^1].UnixMilliseconds + 1);
        var split = end - TestWindow;
        using (var events = new EventWriter(Path.Combine(outDirectory, ShopLogLayout.EventsFolder), EventColumns.Quantity | EventColumns.Price))
        {
            foreach (var line in lines) events.Write(line);
            events.Complete();
        }

        var products = ReadProducts(directory);
        foreach (var line in lines) products.TryAdd(line.ItemId!, new Product(null, null, null, null));
        ItemTable.Write(Path.Combine(outDirectory, ShopLogLayout.ItemsFile), ToCatalog(products, lines, split));
        string[] users = [.. lines.Select(l => l.UserId).Distinct().Order(StringComparer.Ordinal)];
        ReadDemographics(directory, users).Write(Path.Combine(outDirectory, ShopLogLayout.UsersFile));
        CampaignTable.Write(Path.Combine(outDirectory, ShopLogLayout.CampaignsFile), ReadCampaigns(directory, products));
        return new ShopLogInfo(Dataset, outDirectory, split, end, ["discovery", "all"])
        {
            Summary = $"{lines.Count:n0} basket lines, {products.Count:n0} products of which {lines.Select(l => l.ItemId).Distinct().Count():n0} were bought, {users.Length:n0} households; the test is the last 28 days",
        };
    }

    private static List<EventRow> ReadLines(string directory)
    {
        var lines = new List<EventRow>();
        using var file = DelimitedFile.Open(directory, Transactions);
        int household = file.Column("household_id"), product = file.Column("product_id"), quantity = file.Column("quantity"), value = file.Column("sales_value"), time = file.Column("transaction_timestamp");
        while (file.Read())
        {
            double pieces = file.Number(quantity), paid = file.Number(value);
            if (!(pieces > 0)) continue;
            lines.Add(new EventRow(file.Text(household), file.Text(product), EventType.Purchase, file.Time(time).ToUnixTimeMilliseconds())
            {
                Quantity = (float)pieces, Price = paid > 0 ? (float)(paid / pieces) : float.NaN,
            });
        }

        return lines;
    }

    private static SortedDictionary<string, Product> ReadProducts(string directory)
    {
        var products = new SortedDictionary<string, Product>(StringComparer.Ordinal);
        using var file = DelimitedFile.Open(directory, Products);
        int id = file.Column("product_id"), manufacturer = file.Column("manufacturer_id"), department = file.Column("department"), brand = file.Column("brand");
        int category = file.Column("product_category"), type = file.Column("product_type"), size = file.Column("package_size");
        while (file.Read())
        {
            string path = string.Join('/', new[] { file.Text(department), file.Text(category) }.Where(p => p.Length > 0).Select(p => p.Replace('/', ' ').ToLowerInvariant()));
            string title = TitleWords.Normalise(file.Text(type) + " " + file.Text(size));
            products.TryAdd(file.Text(id), new Product(path, file.Text(brand), file.Text(manufacturer), title));
        }

        return products;
    }

    private static Catalog ToCatalog(SortedDictionary<string, Product> products, List<EventRow> lines, DateTimeOffset split)
    {
        var prices = new Dictionary<string, Median>(StringComparer.Ordinal);
        foreach (var line in lines.Where(l => l.UnixMilliseconds < split.ToUnixTimeMilliseconds()))
        {
            if (!prices.TryGetValue(line.ItemId!, out var median)) prices.Add(line.ItemId!, median = new Median());
            median.Add(line.Price);
        }

        return new Catalog(
            [.. products.Keys],
            [
                TextColumn.Encode(CatalogColumns.Category, [.. products.Values.Select(p => p.Category)]),
                TextColumn.Encode(CatalogColumns.Brand, [.. products.Values.Select(p => p.Brand)]),
                TextColumn.Encode("manufacturer", [.. products.Values.Select(p => p.Manufacturer)]),
                TextColumn.Encode(CatalogColumns.Title, [.. products.Values.Select(p => p.Title)]),
                new NumberColumn(CatalogColumns.Price, [.. products.Keys.Select(id => prices.TryGetValue(id, out var median) ? median.Value : float.NaN)]),
            ]);
    }

    private static UserTable ReadDemographics(string directory, string[] users)
    {
        if (DelimitedFile.Find(directory, Demographics) is null) return new UserTable(users, []);
        string[] names = ["age", "income", "home_ownership", "marital_status", "household_size", "household_comp", "kids_count"];
        var rows = new Dictionary<string, string[]>(StringComparer.Ordinal);
        using var file = DelimitedFile.Open(directory, Demographics);
        int household = file.Column("household_id");
        int[] columns = [.. names.Select(file.Column)];
        while (file.Read()) rows[file.Text(household)] = [.. columns.Select(file.Text)];
        return new UserTable(users, names.Select((name, i) => TextColumn.Encode(name, [.. users.Select(u => rows.TryGetValue(u, out string[]? row) ? row[i] : null)])));
    }

    private static List<Campaign> ReadCampaigns(string directory, SortedDictionary<string, Product> products)
    {
        var campaigns = new List<Campaign>();
        if (DelimitedFile.Find(directory, Campaigns) is null || DelimitedFile.Find(directory, Coupons) is null) return campaigns;
        var counts = new Dictionary<string, Dictionary<string, int>>(StringComparer.Ordinal);
        using (var file = DelimitedFile.Open(directory, Coupons))
        {
            int product = file.Column("product_id"), campaign = file.Column("campaign_id");
            while (file.Read())
            {
                if (!products.TryGetValue(file.Text(product), out var of) || string.IsNullOrEmpty(of.Category)) continue;
                string id = file.Text(campaign);
                if (!counts.TryGetValue(id, out var categories)) counts.Add(id, categories = new Dictionary<string, int>(StringComparer.Ordinal));
                categories[of.Category] = categories.GetValueOrDefault(of.Category) + 1;
            }
        }

        using var descriptions = DelimitedFile.Open(directory, Campaigns);
        int number = descriptions.Column("campaign_id"), start = descriptions.Column("start_date"), end = descriptions.Column("end_date");
        while (descriptions.Read())
        {
            if (!counts.TryGetValue(descriptions.Text(number), out var categories)) continue;
            string[] values = [.. categories.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Take(CategoriesPerCampaign).Select(c => c.Key)];
            campaigns.Add(new Campaign(descriptions.Text(number), "promotion", descriptions.Time(start), descriptions.Time(end).AddDays(1), 1.2f, CatalogColumns.Category, values));
        }

        return campaigns;
    }

    private sealed record Product(string? Category, string? Brand, string? Manufacturer, string? Title);
}
