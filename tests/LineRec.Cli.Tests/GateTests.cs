using LineRec.Recipes;

namespace LineRec.Cli.Tests;

/// <summary>Which bundles the gate lets pass, and which one serves.</summary>
public sealed class GateTests
{
    private const double Champion = 0.2;

    [Theory]
    [InlineData(-0.01, -0.015, -0.005, false, "surely worse")]        // a small loss, but a sure one
    [InlineData(-0.03, -0.07, 0.01, false, "more than gate.max_loss")] // not sure, but more than a tenth of 0.2
    [InlineData(-0.01, -0.05, 0.03, true, "isn't worse")]
    [InlineData(0.05, 0.02, 0.08, true, "isn't worse")]
    public void A_bundle_is_refused_when_it_is_surely_worse_or_loses_too_much(double difference, double low, double high, bool accepted, string reason)
    {
        var decision = GateDecision.Of(Report(new PairedRow("discovery", "champion", "ndcg_at_20", difference, low, high)), "ndcg_at_20", maxLoss: 0.1);
        Assert.Equal(accepted, decision.Accepted);
        Assert.Contains(reason, decision.Reason, StringComparison.Ordinal);
        Assert.Equal((Champion, difference), (decision.Champion, decision.Difference));
    }

    [Fact]
    public void The_first_bundle_has_nothing_to_be_compared_with() =>
        Assert.True(GateDecision.Of(Report(new PairedRow("discovery", "popularity", "ndcg_at_20", -1, -1, -1)), "ndcg_at_20", maxLoss: 0.1).Accepted);

    [Fact]
    public void The_champion_is_that_of_the_latest_day_and_going_back_is_for_good()
    {
        DateOnly first = new(2026, 1, 3), second = new(2026, 1, 4), third = new(2026, 1, 5);
        var registry = new BundleRegistry().With("a", first, "fa").With("c", third, "fc").With("b", second, "fb");
        Assert.Equal("c", registry.Champion!.Version);
        Assert.Equal("a", registry.ChampionBefore(third)!.Version); // b came too late to serve
        Assert.Null(registry.ChampionBefore(first));
        Assert.Same(registry, registry.With("c", third, "fc"));

        var back = registry.WithoutChampion();
        Assert.Equal("a", back.Champion!.Version);
        Assert.Equal("a", back.With("c", third, "fc").Champion!.Version);
        Assert.Equal("a", back.ChampionBefore(new(2026, 1, 6))!.Version);
        Assert.Contains("none to go back to", Assert.Throws<RecipeException>(back.WithoutChampion).Message, StringComparison.Ordinal);
    }

    private static EvaluationReport Report(PairedRow pair)
    {
        var figure = new ConfidenceInterval(Champion, Champion, Champion);
        return new EvaluationReport("discovery", 20, 1, 1, [new QualityRow("discovery", "champion", figure, figure, figure, figure, 0, 0, 0, 0, 0)], [pair], [], 0);
    }
}
