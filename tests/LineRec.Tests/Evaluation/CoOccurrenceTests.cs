namespace LineRec.Tests.Evaluation;

public sealed class CoOccurrenceTests
{
    private const int Items = 30;

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(1)]
    public void Counts_equal_those_of_the_definition(double alpha)
    {
        var log = Log.Random(11, users: 60, Items, days: 30, clickShare: 0.4);
        var counts = CoOccurrence.Count(log, Items, EventWeights.Graded, alpha);
        var expected = Define(log, EventWeights.Graded, alpha);
        for (int i = 0; i < Items; i++)
        {
            Assert.Equal(expected[i, i], counts.Diagonal[i], 1e-4);
            var row = new double[Items];
            for (int n = 0; n < counts.ColumnsOf(i).Length; n++) row[counts.ColumnsOf(i)[n]] = counts.ValuesOf(i)[n];
            for (int j = 0; j < Items; j++)
                Assert.Equal(i == j || expected[i, i] == 0 ? 0 : expected[i, j] / Math.Sqrt(expected[i, i]), row[j], 1e-4);
        }
    }

    [Fact]
    public void Each_variant_ranks_as_the_definition_does()
    {
        var log = Log.Random(12, users: 60, Items, days: 30, clickShare: 0.4);
        var (weights, scratch) = (EventWeights.Graded, new ItemToItemScratch(Items));
        var counts = CoOccurrence.Count(log, Items, weights, 0.5);
        var c = Define(log, weights, 0.5);
        float[] scale = [.. counts.Diagonal.Select(n => n > 0 ? (float)Math.Pow(n, -0.25) : 0f)];
        var rows = new int[10];
        for (int user = 0; user < log.UserCount; user++)
        {
            int start = log.Offsets[user], length = log.Offsets[user + 1] - start;
            var question = new EvaluationCase
            {
                UserId = "u",
                Time = Log.Day(31),
                Targets = [0],
                BootstrapUnit = 0,
                ExcludedRows = user % 2 == 0 ? [] : [1, 4],
                HistoryRows = log.Rows.AsMemory(start, length),
                HistoryTypes = log.Types.AsMemory(start, length),
                HistoryTimes = log.Times.AsMemory(start, length),
            };
            scratch.Accumulate(counts, weights, question);
            for (int lane = 0; lane < HistoryRecency.Grid.Length; lane++)
            {
                foreach (bool self in (bool[])[false, true])
                {
                    var history = NewestFirst(question, weights);
                    var scores = Enumerable.Range(0, Items).Select(j => history.Select((h, rank) =>
                        (h.Row == j && !self) || c[h.Row, h.Row] == 0 ? 0
                        : h.Weight * HistoryRecency.Grid[lane].Weigh(h.Days, rank) * c[h.Row, j] / Math.Sqrt(c[h.Row, h.Row])).Sum() * scale[j]).ToArray();
                    scratch.FindBest(self, scale, question, rows.Length);
                    int count = scratch.CopyBest(lane, rows);
                    var allowed = scores.Where((s, j) => s > 0 && !question.ExcludedRows.Contains(j)).OrderDescending().ToArray();
                    Assert.Equal(Math.Min(10, allowed.Length), count);
                    for (int i = 0; i < count; i++) Assert.Equal(allowed[i], scores[rows[i]], 1e-4);
                }
            }
        }
    }

    [Fact]
    public void Beyond_the_budget_of_pairs_only_the_newest_items_of_a_user_are_kept()
    {
        var log = Log.Purchases([.. Enumerable.Range(0, 30).Select(i => ("heavy", i, (double)i)), ("light", 3, 1), ("light", 4, 2)]);
        Assert.Equal(30, UserItems.Gather(log, EventWeights.Alike, 1000).Of(0).Length);
        var capped = UserItems.Gather(log, EventWeights.Alike, 100);
        Assert.Equal([29, 28, 27, 26, 25, 24, 23, 22], capped.Of(0));
        Assert.Equal([4, 3], capped.Of(1));
    }

    [Fact]
    public void There_is_a_recency_for_each_lane() => Assert.Equal(System.Runtime.Intrinsics.Vector256<float>.Count, HistoryRecency.Grid.Length);

    private static double[,] Define(InteractionTable log, EventWeights weights, double alpha)
    {
        var c = new double[Items, Items];
        for (int user = 0; user < log.UserCount; user++)
        {
            var own = new Dictionary<int, double>();
            for (int i = log.Offsets[user]; i < log.Offsets[user + 1]; i++)
                own[log.Rows[i]] = Math.Max(own.GetValueOrDefault(log.Rows[i]), weights.Of(log.Types[i]));
            foreach (var (i, x) in own)
            {
                foreach (var (j, y) in own) c[i, j] += Math.Pow(own.Count, -alpha) * x * y;
            }
        }

        return c;
    }

    private static List<(int Row, double Days, double Weight)> NewestFirst(EvaluationCase question, EventWeights weights)
    {
        var events = Enumerable.Range(0, question.HistoryRows.Length).Reverse()
            .Select(i => (Row: question.HistoryRows.Span[i], Days: (question.Time.ToUnixTimeMilliseconds() - question.HistoryTimes.Span[i]) / 86_400_000.0, Weight: (double)weights.Of(question.HistoryTypes.Span[i])));
        return [.. events.GroupBy(e => e.Row).Select(g => (g.Key, g.First().Days, g.Max(e => e.Weight)))];
    }
}
