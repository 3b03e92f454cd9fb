namespace LineRec.Simulation;

/// <summary>The items table of a simulated shop. It names no niche: only some titles hint at one.</summary>
internal static class ShopCatalogBuilder
{
    public static Catalog Build(ShopWorld world)
    {
        int count = world.Items.Length;
        var (category, brand, shop, title) = (new string?[count], new string?[count], new string?[count], new string?[count]);
        var (price, margin, stock, listed) = (new float[count], new float[count], new float[count], new long[count]);
        for (int i = 0; i < count; i++)
        {
            var item = world.Items[i];
            var niche = world.Niches[item.Niche];
            var random = new ShopRandom(world.Seed, 5, (ulong)i);
            category[i] = world.CategoryPaths[niche.Category];
            brand[i] = ShopVocabulary.Name(item.Brand);
            shop[i] = ShopCampaignBuilder.ShopName(item.Shop);
            title[i] = Title(world, item, niche, brand[i]!, random);
            price[i] = item.Price;
            margin[i] = (float)Math.Round(item.Price * random.Between(0.08, 0.4), 2);
            stock[i] = item.IsAvailableAt(world.End - 1) ? 1 + (float)Math.Floor(random.Exponential(40)) : 0;
            listed[i] = item.ListedAt;
        }

        return new Catalog(
            world.ItemIds,
            [
                TextColumn.Encode(CatalogColumns.Category, category), TextColumn.Encode(CatalogColumns.Brand, brand), TextColumn.Encode(CatalogColumns.Shop, shop), TextColumn.Encode(CatalogColumns.Title, title),
                new NumberColumn(CatalogColumns.Price, price), new NumberColumn(CatalogColumns.Margin, margin), new NumberColumn(CatalogColumns.Stock, stock), new TimeColumn(CatalogColumns.ListedAt, listed),
            ]);
    }

    /// <summary>One of the two words that a niche's titles lean to.</summary>
    public static string Trait(ShopWorld world, int niche, int which) =>
        ShopVocabulary.Traits[(int)(ShopRandom.Fixed(world.Seed, 500 + (ulong)which, (ulong)niche) * ShopVocabulary.Traits.Length)];

    private static string Title(ShopWorld world, ShopItem item, ShopNiche niche, string brand, ShopRandom random)
    {
        string adjective = ShopVocabulary.Adjectives[random.Next(ShopVocabulary.Adjectives.Length)];
        string trait = random.Chance(0.55) ? Trait(world, item.Niche, random.Next(2)) : ShopVocabulary.Traits[random.Next(ShopVocabulary.Traits.Length)];
        return $"{brand} {adjective} {trait} {world.CategoryNouns[niche.Category]}";
    }
}
