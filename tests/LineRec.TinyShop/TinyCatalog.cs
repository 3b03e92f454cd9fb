namespace LineRec.TinyShop;

/// <summary>The items of the tiny shop: 60 in five categories, "item-00" to "item-59".</summary>
public static class TinyCatalog
{
    public const int ItemCount = 60;

    private static readonly string[] Categories = ["toys/outdoor", "toys/indoor", "kitchen/pans", "kitchen/knives", "garden"];

    /// <summary>When the shop's log ends and its bundle was made.</summary>
    public static DateTimeOffset Now { get; } = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The category of an item, by its number in <see cref="Categories"/>.</summary>
    public static int CategoryOf(int row) => row % Categories.Length;

    public static Catalog Create()
    {
        var rows = Enumerable.Range(0, ItemCount).ToArray();
        return new Catalog(
            [.. rows.Select(r => $"item-{r:00}")],
            [
                TextColumn.Encode(CatalogColumns.Category, [.. rows.Select(r => Categories[CategoryOf(r)])]),
                TextColumn.Encode(CatalogColumns.Brand, [.. rows.Select(r => $"brand-{r % 7}")]),
                TextColumn.Encode(CatalogColumns.Title, [.. rows.Select(r => $"Thing number {r}")]),
                new NumberColumn(CatalogColumns.Price, [.. rows.Select(r => 5f + (r * 7 % 40))]),
                new NumberColumn(CatalogColumns.Stock, [.. rows.Select(r => r % 20 == 19 ? 0f : 10f)]),
                new TimeColumn(CatalogColumns.ListedAt, [.. rows.Select(r => Now.AddDays(-3 * (ItemCount - r)).ToUnixTimeMilliseconds())]),
            ]);
    }

    /// <summary>Forty users, each with four clicks and a purchase in a category of theirs, in the last weeks.</summary>
    public static InteractionTable CreateEvents()
    {
        const int Users = 40, PerUser = 5;
        var (rows, types, times) = (new int[Users * PerUser], new EventType[Users * PerUser], new long[Users * PerUser]);
        for (int user = 0; user < Users; user++)
        {
            for (int i = 0; i < PerUser; i++)
            {
                int at = (user * PerUser) + i;
                rows[at] = ((user + (i * 3)) * 5 % ItemCount) + (user % 5);
                types[at] = i == PerUser - 1 ? EventType.Purchase : EventType.Click;
                times[at] = Now.AddDays(-20).AddHours((user * 3) + i).ToUnixTimeMilliseconds();
            }
        }

        return new InteractionTable([.. Enumerable.Range(0, Users).Select(u => $"user-{u:00}")], [.. Enumerable.Range(0, Users + 1).Select(u => u * PerUser)], rows, types, times);
    }
}
