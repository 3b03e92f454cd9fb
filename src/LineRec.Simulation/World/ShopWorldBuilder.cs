namespace LineRec.Simulation;

/// <summary>Makes niches, items and campaigns from the seed.</summary>
internal static class ShopWorldBuilder
{
    private const int ItemsPerNiche = 40;
    private const int BrandsPerDepartment = 14;
    private const int Shops = 40;
    private const double NicheSkew = 1.05;
    private const double QualitySpread = 1.15;

    public static ShopWorld Build(ShopSimulationOptions options)
    {
        var (paths, nouns, departments) = Categories(options.Items);
        var niches = Niches(options, departments);
        long start = options.StartsAt.ToUnixTimeMilliseconds(), end = start + (options.Days * ShopWorld.Day);
        var items = Items(options, niches, start, end);
        var byNiche = items.Select((item, i) => (item, i)).ToLookup(x => x.item.Niche, x => x.i);
        for (int n = 0; n < niches.Length; n++) niches[n].Items = [.. byNiche[n]];
        var byCategory = items.Select((item, i) => (item, i)).ToLookup(x => niches[x.item.Niche].Category, x => x.i);
        return new ShopWorld
        {
            Seed = options.Seed,
            Start = start,
            End = end,
            Niches = niches,
            Items = items,
            ItemIds = [.. Enumerable.Range(0, items.Length).Select(i => $"i{i:D8}")],
            CategoryPaths = paths,
            CategoryNouns = nouns,
            CategoryItems = [.. Enumerable.Range(0, paths.Length).Select(c => byCategory[c].ToArray())],
            NichePopularity = new CumulativeWeights([.. niches.Select(n => n.Items.Length == 0 ? 0 : n.Popularity)]),
            Hits = ShopHit.Make(options.Seed, items, start, end),
            Campaigns = ShopCampaignBuilder.Build(options, paths, departments, Shops),
        };
    }

    private static (string[] Paths, string[] Nouns, int[] Departments) Categories(int items)
    {
        // A small shop has fewer departments, so that a niche still has enough to choose from.
        int departments = Math.Clamp(items / 300, 2, ShopVocabulary.Departments.Length);
        var all = ShopVocabulary.Departments.Take(departments).SelectMany((d, number) => d.Categories.Select(noun => (Path: d.Department + "/" + noun.Replace(' ', '-'), Noun: noun, number))).ToList();
        return ([.. all.Select(c => c.Path)], [.. all.Select(c => c.Noun)], [.. all.Select(c => c.number)]);
    }

    private static ShopNiche[] Niches(ShopSimulationOptions options, int[] departments)
    {
        var random = new ShopRandom(options.Seed, 1);
        int count = Math.Max(departments.Length, options.Items / ItemsPerNiche);
        int[] ranks = [.. Enumerable.Range(0, count)];
        for (int i = count - 1; i > 0; i--)
        {
            int other = random.Next(i + 1);
            (ranks[i], ranks[other]) = (ranks[other], ranks[i]);
        }

        var niches = new ShopNiche[count];
        for (int n = 0; n < count; n++)
        {
            int category = n % departments.Length;
            niches[n] = new ShopNiche
            {
                Category = category,
                Department = departments[category],
                Popularity = Math.Pow(ranks[n] + 3, -NicheSkew),
                RefillDays = random.Between(4, 16),
                IsReplenished = random.Chance(0.3),
                Complements = [Complement(random, n, count, departments), Complement(random, n, count, departments)],
            };
        }

        return niches;
    }

    // Mostly of the same department: a grill asks for gloves sooner than for lipstick.
    private static int Complement(ShopRandom random, int niche, int count, int[] departments)
    {
        bool anywhere = random.Chance(0.2);
        for (int attempt = 0; attempt < 64; attempt++)
        {
            int other = random.Next(count);
            if (other != niche && (anywhere || departments[other % departments.Length] == departments[niche % departments.Length])) return other;
        }

        return (niche + 1) % count;
    }

    private static ShopItem[] Items(ShopSimulationOptions options, ShopNiche[] niches, long start, long end)
    {
        var items = new ShopItem[options.Items];
        double[] basePrices = [.. Enumerable.Range(0, niches.Max(n => n.Category) + 1).Select(c => Math.Exp(new ShopRandom(options.Seed, 2, (ulong)c).Between(1.5, 4.5)))];
        double[] tierPrices = [0.6, 1, 1.6, 2.6];
        double days = (end - start) / (double)ShopWorld.Day;
        for (int i = 0; i < items.Length; i++)
        {
            var random = new ShopRandom(options.Seed, 3, (ulong)i);
            int niche = i < niches.Length ? i : random.Next(niches.Length);
            byte tier = (byte)random.Pick([0.25, 0.35, 0.25, 0.15]);
            double price = basePrices[niches[niche].Category] * tierPrices[tier] * Math.Exp(0.12 * random.Normal());

            // Three quarters are there from the start, up to two years old; the others arrive through the time.
            double listed = random.Chance(0.75) ? -random.Between(0, 700) : random.Between(0, days);
            double retired = random.Chance(0.08) ? Math.Max(listed + 10, random.Between(0, days * 1.3)) : double.PositiveInfinity;

            // Out of stock for some days; never starting in the last five days, so that the stock column, which is the log's end, was true for them too.
            double outFrom = random.Chance(0.15) ? random.Between(0, Math.Max(0, days - 5)) : double.PositiveInfinity;
            double outTo = outFrom + random.Between(2, 9);
            if (outTo > days - 5) outTo = days + 30;
            if (retired > days - 5) retired = double.PositiveInfinity;
            items[i] = new ShopItem(
                niche,
                (niches[niche].Department * BrandsPerDepartment) + (int)(BrandsPerDepartment * Math.Pow(random.Next(), 1.5)),
                random.Next(Shops),
                tier,
                (float)Math.Exp(QualitySpread * random.Normal()),
                (float)Math.Round(price, 2),
                At(listed),
                At(retired),
                At(outFrom),
                At(outTo));
        }

        return items;

        long At(double day) => double.IsInfinity(day) ? long.MaxValue : start + (long)(day * ShopWorld.Day);
    }
}
