namespace LineRec.Tests.Evaluation;

public sealed class EvaluationCasesTests
{
    private static readonly InteractionTable Events = Log.Of(
        ("a", 1, 0, EventType.Purchase), ("a", 2, 1, EventType.Click), ("a", 1, 10, EventType.Purchase), ("a", 3, 11, EventType.Purchase), ("a", 3, 12, EventType.Purchase), ("a", 4, 20, EventType.Purchase),
        ("b", 1, 0, EventType.Purchase), ("b", 1, 10, EventType.Purchase),
        ("c", 1, 0, EventType.Click), ("c", 2, 10, EventType.Purchase),
        ("d", 1, 0, EventType.Purchase), ("d", 2, 10, EventType.Click),
        ("e", 5, 9, EventType.Purchase), ("e", -1, 10, EventType.Purchase), ("e", 6, 10, EventType.Purchase));

    [Fact]
    public void All_takes_users_with_a_purchase_before_and_in_the_window_and_their_distinct_items()
    {
        var cases = EvaluationCases.FromWindow(Events, Log.Day(10), Log.Day(20), discovery: false);
        Assert.Equal(["a", "b", "e"], cases.Select(c => c.UserId));
        Assert.Equal([1, 3], cases[0].Targets);
        Assert.Equal([1], cases[1].Targets);
        Assert.Empty(cases[0].ExcludedRows);
        Assert.Equal(Log.Day(10), cases[0].Time);
        Assert.Equal([1, 2], cases[0].HistoryRows.ToArray());
        Assert.Equal([EventType.Purchase, EventType.Click], cases[0].HistoryTypes.ToArray());
        Assert.Equal(3, cases.Select(c => c.BootstrapUnit).Distinct().Count());
    }

    [Fact]
    public void Discovery_leaves_out_what_was_bought_before_and_users_who_bought_nothing_else()
    {
        var cases = EvaluationCases.FromWindow(Events, Log.Day(10), Log.Day(20), discovery: true);
        Assert.Equal(["a", "e"], cases.Select(c => c.UserId));
        Assert.Equal([3], cases[0].Targets);
        Assert.Equal([1], cases[0].ExcludedRows);
    }

    [Fact]
    public void Targets_that_the_catalog_lacks_are_counted()
    {
        var cases = EvaluationCases.FromWindow(Events, Log.Day(10), Log.Day(20), discovery: false);
        Assert.Equal([6], cases[2].Targets);
        Assert.Equal(1, cases[2].UnknownTargets);
    }

    [Fact]
    public void Next_click_asks_for_every_click_after_the_first_given_those_before()
    {
        var sessions = Log.Of(("s", 4, 0, EventType.Click), ("s", 5, 0.1, EventType.Click), ("s", -1, 0.2, EventType.Click), ("t", 1, 1, EventType.Click));
        var catalog = new Catalog([.. "abcdef".Select(c => c.ToString())], []);
        var cases = EvaluationCases.NextClick(sessions, catalog);
        Assert.Equal(2, cases.Count);
        Assert.Equal([5], cases[0].Targets);
        Assert.Equal([4], cases[0].HistoryRows.ToArray());
        Assert.Equal(["e"], cases[0].AnchorItemIds);
        Assert.Equal(Log.Day(0.1), cases[0].Time);
        Assert.Equal((0, 1), (cases[1].Targets.Length, cases[1].UnknownTargets));
        Assert.Equal([4, 5], cases[1].HistoryRows.ToArray());
        Assert.Equal(cases[0].BootstrapUnit, cases[1].BootstrapUnit);
    }
}
