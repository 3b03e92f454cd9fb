namespace LineRec.Training.Tests;

/// <summary>A small seeded log: each user likes one of a few groups of items and takes most of its events from it.</summary>
internal static class TasteLog
{
    public const int Groups = 8;
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static Catalog Catalog(int items = 160, bool categories = true) => new(
        [.. Enumerable.Range(0, items).Select(i => $"item{i:d5}")],
        categories ? [TextColumn.Encode("category", [.. Enumerable.Range(0, items).Select(i => i % 11 == 0 ? null : $"group{i % Groups}")])] : []);

    public static InteractionTable Events(int users = 400, int events = 12, int items = 160, int seed = 5, Func<int, EventType>? type = null)
    {
        var random = new Random(seed);
        var offsets = new int[users + 1];
        List<int> rows = [];
        List<EventType> types = [];
        List<long> times = [];
        for (int user = 0; user < users; user++)
        {
            int group = user % Groups;
            var time = Start.AddHours(random.NextDouble() * 1000);
            for (int e = 0; e < events; e++)
            {
                int item = random.Next(items / Groups);
                rows.Add(random.NextDouble() < 0.9 ? (item * Groups) + group : random.Next(items));
                types.Add(type?.Invoke(e) ?? EventType.Click);
                times.Add(time.ToUnixTimeMilliseconds());
                if (random.NextDouble() < 0.7) time = time.AddHours(1 + random.NextDouble()); // else one basket
            }

            offsets[user + 1] = rows.Count;
        }

        return new InteractionTable([.. Enumerable.Range(0, users).Select(u => $"user{u}")], offsets, [.. rows], [.. types], [.. times]);
    }

    /// <summary>The log with a list shown at the very time of each event: so many items, drawn from all.</summary>
    public static InteractionTable WithLists(InteractionTable events, int shown, int items = 160, int seed = 7)
    {
        var random = new Random(seed);
        List<int> offsets = [0], rows = [];
        List<EventType> types = [];
        List<long> times = [];
        for (int user = 0; user < events.UserCount; user++)
        {
            for (int at = events.Offsets[user]; at < events.Offsets[user + 1]; at++)
            {
                for (int place = 0; place <= shown; place++)
                {
                    rows.Add(place == shown ? events.Rows[at] : random.Next(items));
                    types.Add(place == shown ? events.Types[at] : EventType.Impression);
                    times.Add(events.Times[at]);
                }
            }

            offsets.Add(rows.Count);
        }

        return new InteractionTable(events.UserIds, [.. offsets], [.. rows], [.. types], [.. times]);
    }

    public static NpyMatrix<float> Features(int items = 160)
    {
        var random = new Random(9);
        var values = new float[items * 3];
        for (int i = 0; i < items; i++)
            (values[i * 3], values[(i * 3) + 1], values[(i * 3) + 2]) = (1000 + (10 * random.NextSingle()), i % 17 == 0 ? float.NaN : i % Groups, 5f);
        return new NpyMatrix<float>(values, 3);
    }

    public static InteractionTable Single(params (int Row, EventType Type, long Time)[] events) =>
        new(["u"], [0, events.Length], [.. events.Select(e => e.Row)], [.. events.Select(e => e.Type)], [.. events.Select(e => e.Time)]);
}
