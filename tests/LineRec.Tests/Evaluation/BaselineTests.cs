namespace LineRec.Tests.Evaluation;

public sealed class BaselineTests
{
    private const int Items = 60;

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0)]
    [InlineData(false, 0.5)]
    public void Every_baseline_fills_every_list_with_distinct_allowed_rows_whoever_asks(bool discovery, double clickShare)
    {
        var data = Data(discovery, Log.Random(1, users: 200, Items, days: 60, clickShare));
        var baselines = BaselineTuning.TuneAll(data, buyAgain: true);
        Assert.Equal(["popularity", "recent_popularity", "item_to_item", "buy_again"], baselines.Select(b => b.System.Name));
        var stranger = new EvaluationCase { UserId = "new", Time = data.Split, Targets = [0], BootstrapUnit = -1, ExcludedRows = discovery ? [3, 5] : [] };
        var rows = new int[20];
        foreach (var question in data.ValidationCases.Append(stranger))
        {
            foreach (var baseline in baselines)
            {
                Assert.Equal(20, baseline.System.Recommend(question, rows));
                Assert.Equal(20, rows.Distinct().Count());
                Assert.All(rows, r => Assert.InRange(r, 0, Items - 1));
                Assert.Empty(rows.Intersect(question.ExcludedRows));
            }
        }
    }

    [Fact]
    public void Tuning_again_gives_the_same_parameters_and_lists()
    {
        var data = Data(discovery: false, Log.Random(2, users: 150, Items, days: 60, clickShare: 0.3));
        var (one, two) = (BaselineTuning.TuneAll(data, buyAgain: true), BaselineTuning.TuneAll(data, buyAgain: true));
        Assert.Equal(one.Select(b => b.Parameters), two.Select(b => b.Parameters));
        Assert.Equal(one.Select(b => b.ValidationRecall), two.Select(b => b.ValidationRecall));
        Assert.Equal(Answers(one[2], data), Answers(two[2], data));
    }

    [Fact]
    public void Nothing_at_or_after_the_split_is_looked_at()
    {
        var log = Log.Random(3, users: 150, Items, days: 60);
        var data = Data(discovery: false, log.Before(Log.Day(45)));
        var peeking = data with { Events = log };
        Assert.Equal(
            BaselineTuning.TuneAll(data, buyAgain: true).SelectMany(b => Answers(b, data)),
            BaselineTuning.TuneAll(peeking, buyAgain: true).SelectMany(b => Answers(b, data)));
    }

    [Fact]
    public void The_tuned_parameters_reach_the_recall_that_they_claim()
    {
        // Fitted on what was before validation, a system must give on validation what tuning said: the split is moved there.
        var log = Log.Random(4, users: 200, Items, days: 60);
        var data = Data(discovery: false, log);
        foreach (var baseline in BaselineTuning.TuneAll(data with { Split = data.ValidationStart }, buyAgain: true))
        {
            var report = OfflineEvaluation.Run("all", new Catalog([.. Enumerable.Range(0, Items).Select(i => $"{i:D2}")], []), data.ValidationCases, [baseline.System]);
            Assert.Equal(baseline.ValidationRecall, report.Quality[0].Recall.Value, 12);
        }
    }

    [Fact]
    public void Recent_popularity_prefers_the_window_that_foretells_validation()
    {
        // Item 1 was a hit long ago; items 2 and 3 are what people buy now.
        var events = new List<(string, int, double)>();
        for (int user = 0; user < 40; user++)
        {
            for (int i = 0; i < 3; i++) events.Add(($"u{user:D2}", 1, i));
            events.Add(($"u{user:D2}", 2 + (user % 2), 38));
            events.AddRange([($"u{user:D2}", 3 - (user % 2), 41), ($"u{user:D2}", 3 - (user % 2), 49)]);
        }

        var data = Data(discovery: false, Log.Purchases([.. events]), validation: 40, split: 50) with { K = 2 };
        var baselines = BaselineTuning.TuneAll(data, buyAgain: false);
        Assert.Equal(0.5, baselines[0].ValidationRecall);
        Assert.Equal(1, baselines[1].ValidationRecall);
        Assert.Equal([2, 3], Answer(baselines[1], data.ValidationCases[0], 2).Order());
    }

    [Fact]
    public void Buy_again_orders_own_items_by_recency_and_frequency_and_then_goes_by_recent_popularity()
    {
        var events = new List<(string, int, double)> { ("z", 7, 1), ("z", 7, 2), ("z", 7, 3), ("z", 8, 30), ("z", 7, 45) };
        for (int user = 0; user < 20; user++) events.AddRange([($"u{user:D2}", user % 3, 20), ($"u{user:D2}", user % 3, 30), ($"u{user:D2}", user % 3, 45)]);
        var data = Data(discovery: false, Log.Purchases([.. events]), validation: 40, split: 50);
        var buyAgain = BaselineTuning.TuneAll(data, buyAgain: true)[3];
        Assert.Equal(1, buyAgain.ValidationRecall);
        var answer = Answer(buyAgain, data.ValidationCases.Single(c => c.UserId == "z"), 5);
        Assert.Equal([7, 8], answer[..2].Order());
        Assert.Equal([0, 1, 2], answer[2..].Order());
    }

    [Fact]
    public void Item_to_item_finds_what_goes_together()
    {
        // Rows 2i and 2i + 1 are bought together by users who own nothing else; everybody buys row 50.
        var events = new List<(string, int, double)>();
        for (int user = 0; user < 100; user++)
        {
            int pair = user % 20;
            events.AddRange([($"u{user:D3}", 2 * pair, 10), ($"u{user:D3}", 50, 12), ($"u{user:D3}", (2 * pair) + 1, user < 60 ? 20 : 45)]);
        }

        var data = Data(discovery: true, Log.Purchases([.. events]), validation: 40, split: 50) with { K = 2 };
        var itemToItem = BaselineTuning.TuneAll(data, buyAgain: false)[2];
        Assert.Equal(1, itemToItem.ValidationRecall);
        Assert.All(data.ValidationCases, c => Assert.Contains(c.Targets[0], Answer(itemToItem, c, 2)));
    }

    [Fact]
    public void Without_validation_cases_tuning_says_so()
    {
        var data = Data(discovery: false, Log.Random(5, 10, Items, 10)) with { ValidationCases = [] };
        Assert.Contains("no validation case", Assert.Throws<ArgumentException>(() => BaselineTuning.TuneAll(data, buyAgain: false)).Message);
    }

    [Fact]
    public void The_grid_of_event_types_follows_the_log()
    {
        Assert.Equal(["purchases only"], EventWeights.GridFor(Log.Purchases(("a", 1, 1)), EventType.Purchase).Select(w => w.Name));
        Assert.Equal(["clicks only"], EventWeights.GridFor(Log.Of(("a", 1, 1, EventType.Click)), EventType.Click).Select(w => w.Name));
        var both = Log.Of(("a", 1, 1, EventType.Click), ("a", 1, 1, EventType.Purchase));
        Assert.Equal(["purchases only", "graded", "all alike"], EventWeights.GridFor(both, EventType.Purchase).Select(w => w.Name));
        Assert.Equal(0, EventWeights.Alike.Of(EventType.Impression));
        Assert.Equal(0, EventWeights.Alike.Of(EventType.Search));
    }

    private static BaselineData Data(bool discovery, InteractionTable log, double validation = 30, double split = 45) => new()
    {
        Events = log,
        ItemCount = Items,
        ValidationStart = Log.Day(validation),
        Split = Log.Day(split),
        ValidationCases = EvaluationCases.FromWindow(log, Log.Day(validation), Log.Day(split), discovery),
    };

    private static IEnumerable<int> Answers(TunedBaseline baseline, BaselineData data) => data.ValidationCases.SelectMany(c => Answer(baseline, c, 20));

    private static int[] Answer(TunedBaseline baseline, EvaluationCase question, int k)
    {
        var rows = new int[k];
        return rows[..baseline.System.Recommend(question, rows)];
    }
}
