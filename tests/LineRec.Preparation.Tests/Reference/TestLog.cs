namespace LineRec.Preparation.Tests.Reference;

/// <summary>A log with what its queries join: random, small, and full of what goes wrong.</summary>
internal sealed record TestLog(IReadOnlyList<LogRow> Events, IReadOnlyList<ChangeRow> Changes, IReadOnlyList<string?> Pool)
{
    public const long Start = 1_700_000_000_000;
    public const long Gap = 1_000;
    public const long End = Start + 40_000;

    // Upper and lower case, accents and a character beyond 16 bits: any alphabet but the bytes' would order them otherwise.
    private static readonly string[] Names = ["a", "B", "b", "Z", "é", "z", "_", "10", "9", "\uFF5E", "\U0001D4B3", "item's"];
    private static readonly string?[] Types = ["impression", "impression", "impression", "click", "click", "cart", "purchase", "favourite", "search", "unknown", null];
    private static readonly string?[] Placements = ["home", "cart", "Cart", null];

    /// <summary>Few users, items and moments, so that there are ties in time, equal events, users with one event, and rows that lack something.</summary>
    public static TestLog Random(int seed)
    {
        var random = new Random(seed);
        var events = new List<LogRow>();
        for (int i = random.Next(60); i > 0; i--)
        {
            string? type = Types[random.Next(Types.Length)];
            var row = new LogRow(
                random.Next(20) == 0 ? null : Name(random, "u"), type == "search" || random.Next(15) == 0 ? null : Name(random, "i"), type,
                random.Next(20) == 0 ? null : Start + (random.Next(80) * 500) + random.Next(2), Placements[random.Next(Placements.Length)]);
            for (int copies = random.Next(8) == 0 ? 2 : 1; copies > 0; copies--) events.Add(row);
        }

        List<ChangeRow> changes = [.. Enumerable.Range(0, random.Next(40)).Select(_ => new ChangeRow(
            random.Next(20) == 0 ? null : Name(random, random.Next(2) == 0 ? "u" : "i"), random.Next(20) == 0 ? null : Start + (random.Next(40) * 1000),
            random.Next(4) == 0 ? null : Math.Round(random.NextDouble(), 2) - 0.5, random.Next(4) == 0 ? null : random.Next(3)))];
        List<string?> pool = [.. Enumerable.Range(0, random.Next(12)).Select(_ => random.Next(10) == 0 ? null : Name(random, "i"))];
        return new TestLog(events, changes, pool);
    }

    private static string Name(Random random, string kind) => kind + Names[random.Next(Names.Length)];
}
