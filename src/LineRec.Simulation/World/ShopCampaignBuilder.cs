namespace LineRec.Simulation;

/// <summary>Fills the calendar with campaigns: about two a week, on some categories, a department, or one shop's items.</summary>
internal static class ShopCampaignBuilder
{
    public static ShopCampaign[] Build(ShopSimulationOptions options, string[] paths, int[] departments, int shops)
    {
        var random = new ShopRandom(options.Seed, 4);
        var campaigns = new List<ShopCampaign>();
        long start = options.StartsAt.ToUnixTimeMilliseconds();

        // A fortnight more than the log is long: a served model has campaigns ahead.
        for (double day = -2; day < options.Days + 14; day += random.Between(2.5, 4.5))
        {
            long from = start + (long)(Math.Floor(day) * ShopWorld.Day), to = from + (random.Next(3, 8) * ShopWorld.Day);
            string id = $"c{campaigns.Count:D4}";
            float weight = (float)Math.Round(random.Between(1.3, 2.0), 2);
            var (fromTime, toTime) = (DateTimeOffset.FromUnixTimeMilliseconds(from), DateTimeOffset.FromUnixTimeMilliseconds(to));
            switch (random.Next(3))
            {
                case 0:
                    int department = departments[random.Next(departments.Length)];
                    string prefix = paths[Array.IndexOf(departments, department)].Split('/')[0];
                    campaigns.Add(new(new Campaign(id, "holiday", fromTime, toTime, weight, CatalogColumns.Category, [prefix]), from, to, [.. Enumerable.Range(0, paths.Length).Where(c => departments[c] == department)], -1));
                    break;
                case 1:
                    HashSet<int> categories = [random.Next(paths.Length), random.Next(paths.Length), random.Next(paths.Length)];
                    campaigns.Add(new(new Campaign(id, "promotion", fromTime, toTime, weight, CatalogColumns.Category, [.. categories.Order().Select(c => paths[c])]), from, to, categories, -1));
                    break;
                default:
                    int shop = random.Next(shops);
                    campaigns.Add(new(new Campaign(id, "points", fromTime, toTime, weight, CatalogColumns.Shop, [ShopName(shop)]), from, to, [], shop));
                    break;
            }
        }

        return [.. campaigns];
    }

    public static string ShopName(int shop) => ShopVocabulary.Name(300 + shop) + " Store";

    private static int Next(this ShopRandom random, int low, int high) => low + random.Next(high - low);
}
