namespace LineRec.Bench.TwoTower;

/// <summary>
/// A seeded log with something to learn: an item belongs to a group, a user likes two groups and takes nine events in ten from them;
/// within a group the first items are taken more often.
/// </summary>
internal sealed class MadeLog
{
    private const int GroupSize = 50;
    private const double Faithful = 0.9;
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private MadeLog(Catalog catalog, InteractionTable events, int[] heldOut) => (Catalog, Events, HeldOut) = (catalog, events, heldOut);

    public Catalog Catalog { get; }

    /// <summary>All but each user's last event.</summary>
    public InteractionTable Events { get; }

    /// <summary>Each user's last event's row.</summary>
    public int[] HeldOut { get; }

    public static MadeLog Make(TwoTowerSpeedOptions options)
    {
        var random = new Random(options.Seed);
        int groups = Math.Max(1, options.Items / GroupSize), each = options.Events - 1;
        var (rows, types, times) = (new int[options.Users * each], new EventType[options.Users * each], new long[options.Users * each]);
        var heldOut = new int[options.Users];
        for (int user = 0; user < options.Users; user++)
        {
            int[] liked = [random.Next(groups), random.Next(groups)];
            for (int e = 0; e < options.Events; e++)
            {
                double place = random.NextDouble();
                int row = random.NextDouble() < Faithful
                    ? Math.Min(options.Items - 1, (liked[random.Next(2)] * GroupSize) + (int)(place * place * GroupSize))
                    : random.Next(options.Items);
                if (e == each)
                {
                    heldOut[user] = row;
                    continue;
                }

                (rows[(user * each) + e], types[(user * each) + e], times[(user * each) + e]) = (row, EventType.Click, Start.AddHours((e * 24) + random.Next(24)).ToUnixTimeMilliseconds());
            }
        }

        var catalog = new Catalog([.. Enumerable.Range(0, options.Items).Select(i => $"item{i:d8}")], []);
        var events = new InteractionTable([.. Enumerable.Range(0, options.Users).Select(u => $"user{u:d8}")], [.. Enumerable.Range(0, options.Users + 1).Select(u => u * each)], rows, types, times);
        return new MadeLog(catalog, events, heldOut);
    }
}
