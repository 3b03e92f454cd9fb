using CsCheck;
using LineRec.Conformance;

namespace LineRec.Retrieval.Tests.ItemToItem;

public class ItemToItemBuilderTests
{
    private const int Items = 6;
    private static readonly long Now = TestRequests.Now.ToUnixTimeMilliseconds();

    private static readonly ItemToItemWindow?[] Windows =
    [
        null, new(), new() { MaxGap = TimeSpan.FromMinutes(2) }, new() { Decay = TimeSpan.FromMinutes(1), MaxDistance = 2, BackwardWeight = 0.25 }, new() { BackwardWeight = 0 },
    ];

    private static readonly Gen<(InteractionTable Table, ItemToItemBuilderOptions Options)> Any =
        from users in Gen.Select(Gen.Int[0, Items - 1], Gen.Enum<EventType>(), Gen.Int[0, 5]).Array[0, 8].Array[0, 6]
        from a in Gen.OneOf(0.0, 0.5, 1.0)
        from q in Gen.OneOf(0.0, 0.5, 1.0)
        from b in Gen.OneOf(0.0, 0.5, 1.0)
        from window in Gen.OneOf(Windows)
        from threads in Gen.Int[1, 3]
        select (Table(users), new ItemToItemBuilderOptions { UserActivityExponent = a, HistoryExponent = q, CandidateExponent = b, Window = window, MaxThreads = threads, TypeWeights = [0f, 1f, 2f, 4f] });

    [Fact]
    public void Two_users_give_the_cosine_that_one_gets_by_hand()
    {
        // a, b by both users; c by the second alone. With w = 1: n = 2, 2, 1, s(a,b) = 2/2 = 1, s(a,c) = 1/√2.
        var table = Table([[(0, EventType.Click, 0), (1, EventType.Click, 1)], [(0, EventType.Click, 0), (1, EventType.Purchase, 1), (2, EventType.Click, 2)]]);
        using var neighbours = new ItemToItemBuilder(table, 4, new ItemToItemBuilderOptions { UserActivityExponent = 0 }).Build(3);
        Assert.Equal([1, 2], neighbours.Of(0, out var scores).ToArray());
        Assert.Equal([1f, 0.70710678f], scores.ToArray());
        Assert.Equal([0, 1], neighbours.Of(2, out _).ToArray());
        Assert.Empty(neighbours.Of(3, out _).ToArray());
    }

    [Fact]
    public void Active_users_weigh_less()
    {
        // Weights 1/2 and 1/3: n_a = n_b = 5/6, n_c = 1/3; s(a,b) = 1, s(a,c) = (1/3) / √(5/6 · 1/3) = √(2/5).
        var table = Table([[(0, EventType.Click, 0), (1, EventType.Click, 1)], [(0, EventType.Click, 0), (1, EventType.Click, 1), (2, EventType.Click, 2)]]);
        using var neighbours = new ItemToItemBuilder(table, 3, new ItemToItemBuilderOptions { UserActivityExponent = 1 }).Build(3);
        neighbours.Of(0, out var scores);
        Assert.Equal(1f, scores[0], 1e-6f);
        Assert.Equal(MathF.Sqrt(0.4f), scores[1], 1e-6f);
    }

    [Fact]
    public void A_window_that_looks_ahead_sees_what_came_after()
    {
        var table = Table([[(0, EventType.Click, 0), (1, EventType.Click, 1), (2, EventType.Click, 9)]]);
        var options = new ItemToItemBuilderOptions { Window = new ItemToItemWindow { BackwardWeight = 0, MaxGap = TimeSpan.FromMinutes(5) } };
        using var neighbours = new ItemToItemBuilder(table, 3, options).Build(2);
        Assert.Equal([1], neighbours.Of(0, out _).ToArray());
        Assert.Empty(neighbours.Of(1, out _).ToArray()); // c came too late, a before
    }

    [Fact]
    public void Neighbours_are_those_of_the_plain_definition_best_first() => Any.Sample(c =>
    {
        double[,] expected = Reference(c.Table, c.Options);
        using var neighbours = new ItemToItemBuilder(c.Table, Items, c.Options).Build(Items);
        for (int h = 0; h < Items; h++)
        {
            var rows = neighbours.Of(h, out var scores).ToArray();
            Assert.Equal(Enumerable.Range(0, Items).Where(j => expected[h, j] > 0), rows.Order());
            for (int i = 0; i < rows.Length; i++) Assert.Equal(expected[h, rows[i]], scores[i], 1e-5 * Math.Max(1, expected[h, rows[i]]));
            Assert.Equal(scores.ToArray().Zip(rows).OrderByDescending(p => p.First).ThenBy(p => p.Second).Select(p => p.Second), rows);
        }
    });

    [Fact]
    public void Untruncated_scores_are_the_weighted_sum_of_the_plain_definition() =>
        (from c in Any
         from history in Gen.Int[0, Items - 1].HashSet[0, 4]
         from weights in Gen.Int[0, 3].Select(w => w / 2f).Array[history.Count]
         select (c.Table, c.Options, History: history.ToArray(), Weights: weights)).Sample(c =>
        {
            double[,] reference = Reference(c.Table, c.Options);
            var builder = new ItemToItemBuilder(c.Table, Items, c.Options);
            var scores = new float[Items];
            for (int round = 0; round < 2; round++) // the second round runs on pooled memory
            {
                builder.Score(c.History, c.Weights, scores);
                for (int j = 0; j < Items; j++)
                {
                    double expected = c.History.Zip(c.Weights).Sum(h => h.Second * reference[h.First, j]);
                    Assert.Equal(expected, scores[j], 1e-5 * Math.Max(1, expected));
                }
            }
        });

    [Fact]
    public void The_number_of_threads_does_not_change_a_bit()
    {
        var random = new Random(7);
        var table = Table([.. Enumerable.Range(0, 200).Select(_ => Enumerable.Range(0, 20).Select(m => (random.Next(100), EventType.Click, m)).ToArray())]);
        using var one = new ItemToItemBuilder(table, 100, new ItemToItemBuilderOptions { MaxThreads = 1 }).Build(20);
        using var many = new ItemToItemBuilder(table, 100, new ItemToItemBuilderOptions { MaxThreads = 4 }).Build(20);
        Assert.Equal(one.Rows.Slice(0, 100).ToArray(), many.Rows.Slice(0, 100).ToArray());
        Assert.Equal(one.Scores.Slice(0, 100).ToArray(), many.Scores.Slice(0, 100).ToArray());
    }

    [Fact]
    public void Only_a_users_newest_items_count_where_there_are_too_many()
    {
        var table = Table([[(0, EventType.Click, 0), (1, EventType.Click, 1), (2, EventType.Click, 2)]]);
        using var neighbours = new ItemToItemBuilder(table, 3, new ItemToItemBuilderOptions { MaxItemsPerUser = 2 }).Build(2);
        Assert.Empty(neighbours.Of(0, out _).ToArray());
        Assert.Equal([2], neighbours.Of(1, out _).ToArray());
    }

    [Fact]
    public void Without_events_no_item_has_neighbours()
    {
        using var neighbours = new ItemToItemBuilder(Table([]), 3).Build(5);
        Assert.Equal((3, 5), (neighbours.Count, neighbours.Width));
        Assert.Empty(neighbours.Of(1, out _).ToArray());
    }

    [Fact]
    public void Giving_up_stops_the_count() =>
        Assert.ThrowsAny<OperationCanceledException>(() => new ItemToItemBuilder(Table([]), 3).Build(5, new CancellationToken(canceled: true)));

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        ItemToItemBuilderOptions[] wrong =
        [
            new() { UserActivityExponent = -1 }, new() { HistoryExponent = double.NaN }, new() { CandidateExponent = double.PositiveInfinity }, new() { MaxItemsPerUser = 0 },
            new() { MaxThreads = 0 }, new() { TypeWeights = [0f] }, new() { Window = new() { MaxDistance = 0 } }, new() { Window = new() { Decay = TimeSpan.Zero } },
            new() { Window = new() { MaxGap = TimeSpan.FromTicks(-1) } }, new() { Window = new() { BackwardWeight = -1 } },
        ];
        Assert.All(wrong, options => Assert.Throws<ArgumentException>(() => new ItemToItemBuilder(Table([]), 3, options)));
    }

    private static InteractionTable Table((int Row, EventType Type, int Minute)[][] users)
    {
        int[] offsets = [0, .. users.Select((_, u) => users.Take(u + 1).Sum(e => e.Length))];
        var events = users.SelectMany(u => u.OrderBy(e => e.Minute)).ToArray();
        return new InteractionTable([.. users.Select((_, u) => $"u{u}")], offsets, [.. events.Select(e => e.Row)], [.. events.Select(e => e.Type)], [.. events.Select(e => Now + (e.Minute * 60_000L))]);
    }

    /// <summary>The definition, user by user and pair by pair.</summary>
    private static double[,] Reference(InteractionTable table, ItemToItemBuilderOptions options)
    {
        var (sums, popularity) = (new double[Items, Items], new double[Items]);
        for (int u = 0; u < table.UserCount; u++)
        {
            var events = Enumerable.Range(table.Offsets[u], table.Offsets[u + 1] - table.Offsets[u])
                .Select(e => (Row: table.Rows[e], Weight: (double)options.TypeWeights.ElementAtOrDefault((int)table.Types[e]), Minute: (table.Times[e] - Now) / 60_000.0))
                .Where(e => e.Weight > 0).ToArray();
            if (options.Window is null) events = [.. events.GroupBy(e => e.Row).Select(g => (g.Key, g.Max(e => e.Weight), 0.0))];
            double user = Math.Pow(events.Length, -options.UserActivityExponent);
            for (int i = 0; i < events.Length; i++)
            {
                popularity[events[i].Row] += user * events[i].Weight * events[i].Weight;
                for (int j = 0; j < events.Length; j++)
                {
                    if (events[i].Row == events[j].Row) continue;
                    double near = 1;
                    if (options.Window is { } window)
                    {
                        double gap = Math.Abs(events[i].Minute - events[j].Minute);
                        if (Math.Abs(i - j) > window.MaxDistance || gap > (window.MaxGap?.TotalMinutes ?? double.MaxValue)) continue;
                        near = (window.Decay is { } decay ? Math.Exp(-gap / decay.TotalMinutes) : 1) * (j < i ? window.BackwardWeight : 1);
                    }

                    sums[events[i].Row, events[j].Row] += user * events[i].Weight * events[j].Weight * near;
                }
            }
        }

        for (int h = 0; h < Items; h++)
        {
            for (int c = 0; c < Items; c++)
            {
                if (sums[h, c] > 0) sums[h, c] /= Math.Pow(popularity[h], options.HistoryExponent) * Math.Pow(popularity[c], options.CandidateExponent);
            }
        }

        return sums;
    }
}
