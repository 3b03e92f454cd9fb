namespace LineRec.Tests.Evaluation;

/// <summary>Builds interaction tables from lines a test can read.</summary>
internal static class Log
{
    public static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset Day(double day) => Start.AddDays(day);

    /// <param name="events">User, row, day, type.</param>
    public static InteractionTable Of(params (string User, int Row, double Day, EventType Type)[] events)
    {
        var users = events.GroupBy(e => e.User).OrderBy(g => g.Key, StringComparer.Ordinal).ToArray();
        var sorted = users.SelectMany(g => g.OrderBy(e => e.Day)).ToArray();
        var offsets = new int[users.Length + 1];
        for (int i = 0; i < users.Length; i++) offsets[i + 1] = offsets[i] + users[i].Count();
        return new InteractionTable(
            [.. users.Select(g => g.Key)],
            offsets,
            [.. sorted.Select(e => e.Row)],
            [.. sorted.Select(e => e.Type)],
            [.. sorted.Select(e => Day(e.Day).ToUnixTimeMilliseconds())]);
    }

    public static InteractionTable Purchases(params (string User, int Row, double Day)[] events) =>
        Of([.. events.Select(e => (e.User, e.Row, e.Day, EventType.Purchase))]);

    /// <summary>A seeded log in which each user keeps to their own kind of items: row modulo 4.</summary>
    public static InteractionTable Random(int seed, int users, int items, int days, double clickShare = 0)
    {
        var random = new Random(seed);
        var events = new List<(string, int, double, EventType)>();
        for (int user = 0; user < users; user++)
        {
            int count = 3 + random.Next(15);
            for (int i = 0; i < count; i++)
            {
                int row = (random.Next(items) / 4 * 4) + (user % 4);
                if (row >= items || random.Next(5) == 0) row = random.Next(items);
                events.Add(($"u{user:D4}", row, random.NextDouble() * days, random.NextDouble() < clickShare ? EventType.Click : EventType.Purchase));
            }
        }

        return Of([.. events]);
    }
}
