namespace LineRec.Tests.Building;

public sealed class PipelineValidationTests
{
    private static PipelineException Wrong(Action<IPlacementBuilder> configure) =>
        Assert.Throws<PipelineException>(() => TestShop.Build(configure));

    [Fact]
    public void Ranking_before_retrieving_is_refused_with_the_order_to_use()
    {
        var wrong = Wrong(p => p.Rank(r => r.Use("r", (_, _, _) => default)).Retrieve(r => r.Use("a", 5, TestShop.Rows(1))));
        Assert.Contains(wrong.Errors, e => e.Contains("'home'", StringComparison.Ordinal) && e.Contains("Rank comes before Retrieve", StringComparison.Ordinal) && e.Contains("Retrieve, Filter, Rank, ReRank", StringComparison.Ordinal));
    }

    [Fact]
    public void Filtering_after_ranking_is_refused() =>
        Assert.Contains("Filter comes after Rank", Wrong(p => p.Retrieve(r => r.Use("a", 5, TestShop.Rows(1))).Rank(r => r.Use("r", (_, _, _) => default)).Filter(f => f.InStock())).Message, StringComparison.Ordinal);

    [Fact]
    public void Taking_nothing_is_refused_wherever_it_is_said()
    {
        Assert.Contains("Take(0)", Wrong(p => p.Retrieve(r => r.Use("a", 5, TestShop.Rows(1))).Take(0)).Message, StringComparison.Ordinal);
        Assert.Contains("Take(0)", Wrong(p => p.Retrieve(r => r.Use("a", 5, TestShop.Rows(1))).Rank(r => r.Use("r", (_, _, _) => default).Take(0))).Message, StringComparison.Ordinal);
        Assert.Contains("limit of 0", Wrong(p => p.Retrieve(r => r.Use("a", 0, TestShop.Rows(1)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_placement_without_retriever_is_refused() => Assert.Contains("no retriever", Wrong(p => p.Take(5)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_deadline_or_time_out_longer_than_a_timer_is_refused()
    {
        Assert.Contains("deadline", Wrong(p => p.Retrieve(r => r.Use("a", 5, TestShop.Rows(1))).Deadline(TimeSpan.MaxValue)).Message, StringComparison.Ordinal);
        Assert.Contains("time-out", Wrong(p => p.Retrieve(r => r.Use("a", 5, TestShop.Rows(1)).Timeout(TimeSpan.MaxValue))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_come_together()
    {
        var wrong = Wrong(p => p.Retrieve(r => r.Use("a", 0, TestShop.Rows(1)).Use("a", 5, TestShop.Rows(1))).Take(0).Deadline(TimeSpan.Zero).FallBackTo("nowhere"));
        Assert.Equal(5, wrong.Errors.Count);
        Assert.All(wrong.Errors, e => Assert.Contains(e, wrong.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Falling_back_in_a_circle_is_refused()
    {
        var builder = new RecommenderBuilder()
            .AddPlacement("a", p => p.Retrieve(r => r.Use("x", 5, TestShop.Rows(1))).FallBackTo("b"))
            .AddPlacement("b", p => p.Retrieve(r => r.Use("x", 5, TestShop.Rows(1))).FallBackTo("a"));
        Assert.Contains("circle", Assert.Throws<PipelineException>(() => builder.Build(TestShop.Snapshot())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Falling_back_without_a_fallback_is_refused() =>
        Assert.Contains("FallBackTo", Wrong(p => p.Retrieve(r => r.Use("a", 5, TestShop.Rows(1)).OnFailure(FailurePolicy.FallBack))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_policy_without_a_component_is_refused() =>
        Assert.Contains("OnFailure", Wrong(p => p.Retrieve(r => r.OnFailure(FailurePolicy.Skip))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_placement_twice_is_refused()
    {
        var builder = new RecommenderBuilder()
            .AddPlacement("a", p => p.Retrieve(r => r.Use("x", 5, TestShop.Rows(1))))
            .AddPlacement("a", p => p.Retrieve(r => r.Use("x", 5, TestShop.Rows(1))));
        Assert.Contains("twice", Assert.Throws<PipelineException>(() => builder.Build(TestShop.Snapshot())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_component_that_the_snapshot_cannot_serve_names_placement_and_component()
    {
        var wrong = Wrong(p => p.Retrieve(r => r.Add("tower", 5, c => throw new InvalidOperationException($"no file in {c.Snapshot.Version}"))));
        Assert.Equal("Placement 'home', retriever 'tower': no file in v1", wrong.Message);
    }

    [Fact]
    public void Adding_a_placement_after_building_is_refused()
    {
        var builder = new RecommenderBuilder().AddPlacement("a", p => p.Retrieve(r => r.Use("x", 5, TestShop.Rows(1))));
        builder.Build(TestShop.Snapshot()).Dispose();
        Assert.Throws<InvalidOperationException>(() => builder.AddPlacement("b", p => p.Take(1)));
    }
}
