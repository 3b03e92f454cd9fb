using LineRec.Data;

namespace LineRec.Simulation;

/// <summary>Makes users from the seed.</summary>
internal static class ShopUserBuilder
{
    private static readonly string[] Ages = ["18-24", "25-34", "35-44", "45-54", "55+"];
    private static readonly string[] Regions = ["north", "east", "south", "west", "centre"];
    private static readonly string[] Levels = ["basic", "silver", "gold"];

    public static string IdOf(int user) => $"u{user:D8}";

    public static ShopUser[] Build(ShopSimulationOptions options, ShopWorld world)
    {
        var byDepartment = world.Niches.Select((n, i) => (n, i)).Where(x => x.n.Items.Length > 0).GroupBy(x => x.n.Department).OrderBy(g => g.Key)
            .Select(g => (Niches: g.Select(x => x.i).ToArray(), Popularity: new CumulativeWeights([.. g.Select(x => x.n.Popularity)]))).ToArray();
        var departments = new CumulativeWeights([.. byDepartment.Select(d => d.Popularity.Total)]);
        double sessions = options.EventTarget / (ShopSessions.EventsPerSession * options.Days);
        var users = new ShopUser[options.Users];

        // Activity is log-normal with mean 1; some users join on the way.
        for (int u = 0; u < users.Length; u++)
        {
            var random = new ShopRandom(options.Seed, 6, (ulong)u);
            int[] favourites = [departments.Pick(random), departments.Pick(random)];
            int count = 2 + random.Next(3);
            var niches = new List<int>();
            for (int attempt = 0; niches.Count < count && attempt < 40; attempt++)
            {
                var department = byDepartment[random.Chance(0.1) ? departments.Pick(random) : favourites[random.Next(2)]];
                int niche = department.Niches[department.Popularity.Pick(random)];
                if (!niches.Contains(niche)) niches.Add(niche);
            }

            double[] weights = [.. niches.Select(_ => Math.Pow(random.Next(), 1.5) + 0.08)];
            double sum = weights.Sum();
            users[u] = new ShopUser
            {
                Niches = [.. niches],
                Weights = [.. weights.Select(w => w / sum)],
                Tier = Math.Clamp(1.3 + (0.9 * random.Normal()), 0, 3),
                SessionsPerDay = sessions / options.Users * Math.Exp((0.45 * random.Normal()) - 0.1),
                JoinedAt = random.Chance(0.08) ? world.Start + (long)(random.Next() * (world.End - world.Start)) : long.MinValue,
            };
        }

        return users;
    }

    /// <summary>The users table: an age, a region, and a member level that hints at the price tier.</summary>
    public static UserTable Table(ShopSimulationOptions options, ShopUser[] users)
    {
        var (ages, regions, levels) = (new string?[users.Length], new string?[users.Length], new string?[users.Length]);
        for (int u = 0; u < users.Length; u++)
        {
            var random = new ShopRandom(options.Seed, 7, (ulong)u);
            ages[u] = Ages[random.Next(Ages.Length)];
            regions[u] = Regions[random.Next(Regions.Length)];
            levels[u] = Levels[Math.Clamp((int)Math.Round((users[u].Tier / 1.5) + (0.6 * random.Normal())), 0, 2)];
        }

        return new UserTable(
            [.. Enumerable.Range(0, users.Length).Select(IdOf)],
            [TextColumn.Encode("age", ages), TextColumn.Encode("region", regions), TextColumn.Encode("level", levels)]);
    }
}
