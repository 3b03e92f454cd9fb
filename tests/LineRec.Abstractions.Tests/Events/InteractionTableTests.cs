using CsCheck;

namespace LineRec.Abstractions.Tests.Events;

public sealed class InteractionTableTests
{
    [Fact]
    public void A_window_holds_exactly_the_events_of_its_time() =>
        Gen.Select(Gen.Int[0, 50].Array[0, 20].Array[1, 6], Gen.Int[0, 50], Gen.Int[0, 50]).Sample((users, from, to) =>
        {
            var sorted = users.Select(u => u.Order().ToArray()).ToArray();
            int[] offsets = [0, .. sorted.Select(u => u.Length).Scan()];
            int[] times = [.. sorted.SelectMany(t => t)];
            var table = new InteractionTable([.. sorted.Select((_, i) => $"u{i}")], offsets, [.. times.Select((_, i) => i)], new EventType[times.Length], [.. times.Select(t => (long)t)]);
            var window = table.Where(DateTimeOffset.UnixEpoch.AddMilliseconds(from), DateTimeOffset.UnixEpoch.AddMilliseconds(Math.Max(from, to)));
            Assert.Equal(times.Select((t, i) => (t, i)).Where(x => x.t >= from && x.t < to).Select(x => x.i), window.Rows);
            Assert.Equal(table.UserCount, window.UserCount);
        });

    [Fact]
    public void Columns_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new InteractionTable(["u"], [0], [], [], []));
        Assert.Throws<ArgumentException>(() => new InteractionTable(["u"], [0, 1], [1], [EventType.Click], []));
    }
}

internal static class Sums
{
    public static IEnumerable<int> Scan(this IEnumerable<int> lengths)
    {
        int sum = 0;
        foreach (int length in lengths) yield return sum += length;
    }
}
