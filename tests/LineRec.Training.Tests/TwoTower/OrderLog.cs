namespace LineRec.Training.Tests;

/// <summary>
/// A seeded log in which a purchase depends on the order of the two clicks before it: each pair of clicked items leads to one of two bought
/// items, by which click came last. Both orders are equally frequent, so the bag of the clicks leaves two answers.
/// </summary>
internal static class OrderLog
{
    private const int Clicked = 8, Repeats = 20;
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>All ordered pairs of different clicks.</summary>
    public static (int First, int Second)[] Pairs { get; } =
        [.. from first in Enumerable.Range(0, Clicked) from second in Enumerable.Range(0, Clicked) where first != second select (first, second)];

    public static Catalog Catalog() => new([.. Enumerable.Range(0, Clicked + Pairs.Length).Select(i => $"item{i:d3}")], []);

    /// <summary>The item that is bought after a pair.</summary>
    public static int Bought(int first, int second) => Clicked + Array.IndexOf(Pairs, (first, second));

    /// <summary>Users with a pair and its purchase, at random times.</summary>
    public static InteractionTable Events(int seed)
    {
        var random = new Random(seed);
        (int First, int Second)[] users = [.. Enumerable.Range(0, Repeats).SelectMany(_ => Pairs)];
        return Table(users, _ => Start.AddHours(random.NextDouble() * 1000), bought: true);
    }

    /// <summary>A user a pair, before the purchase.</summary>
    public static InteractionTable Questions() => Table(Pairs, _ => Start, bought: false);

    private static InteractionTable Table((int First, int Second)[] users, Func<int, DateTimeOffset> time, bool bought)
    {
        List<int> rows = [], offsets = [0];
        List<EventType> types = [];
        List<long> times = [];
        for (int user = 0; user < users.Length; user++)
        {
            var (first, second) = users[user];
            long start = time(user).ToUnixTimeMilliseconds();
            Add(first, EventType.Click, start);
            Add(second, EventType.Click, start + 1);
            if (bought) Add(Bought(first, second), EventType.Purchase, start + 2);
            offsets.Add(rows.Count);
        }

        return new InteractionTable([.. users.Select((_, i) => $"user{i}")], [.. offsets], [.. rows], [.. types], [.. times]);

        void Add(int row, EventType type, long at)
        {
            rows.Add(row);
            types.Add(type);
            times.Add(at);
        }
    }
}
