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

    [Theory]
    [InlineData(-0.05, -0.08, -0.02, false)] // sure, and more than a fifth of 0.2
    [InlineData(-0.03, -0.05, -0.01, true)]  // sure, but small: one of several slices
    [InlineData(-0.06, -0.13, 0.01, true)]   // large, but may be chance
    public void A_slice_refuses_when_its_loss_is_sure_and_large(double difference, double low, double high, bool passed)
    {
        var slice = new SliceReport("new users", Report(new PairedRow("discovery", "champion", "ndcg_at_20", difference, low, high)));
        var check = GateDecision.OfSlice(slice, "ndcg_at_20", maxLoss: 0.2);
        Assert.Equal(passed, check.Passed);
        var fine = GateDecision.Of(Report(new PairedRow("discovery", "champion", "ndcg_at_20", 0.01, -0.01, 0.03)), "ndcg_at_20", maxLoss: 0.1);
        var decision = fine.With([new GateCheck("size", true, "small"), check]);
        Assert.Equal(passed, decision.Accepted);
        Assert.Equal(passed ? fine.Reason : check.Detail, decision.Reason);
        Assert.Equal(2, decision.Checks.Count);
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(2, false)]
    public void A_bundle_that_is_too_large_is_refused(int most, bool passed)
    {
        var manifest = new BundleManifest(1, "v", DateTimeOffset.UnixEpoch, "", new Dictionary<string, BundleFile> { ["a"] = new(2_000_000, ""), ["b"] = new(500_000, "") }, new Dictionary<string, ModelDescription>(), new Dictionary<string, double>(), new Dictionary<string, string>());
        var check = GateStep.OfSize(manifest, most);
        Assert.Equal((passed, $"The bundle has 2.5 MB; gate.max_bundle_megabytes is {most}."), (check.Passed, check.Detail));
    }

    [Fact]
    public void A_candidate_waits_and_is_promoted_but_not_over_a_later_day_nor_after_it_was_taken_back()
    {
        DateOnly first = new(2026, 1, 3), second = new(2026, 1, 4);
        var registry = new BundleRegistry().With("b", second, "fb").WithBundle("a", first, "fa", null).WithCandidate("a");
        Assert.Equal(("b", "a"), (registry.Champion!.Version, registry.Candidate));
        Assert.Contains("'b' of 2026-01-04 serves, a later day than 2026-01-03", Assert.Throws<RecipeException>(() => registry.WithChampion("a")).Message, StringComparison.Ordinal);
        Assert.Contains("can't be a candidate", Assert.Throws<RecipeException>(() => registry.WithCandidate("b")).Message, StringComparison.Ordinal);

        var same = registry.WithBundle("c", second, "fc", null).WithChampion("c");
        Assert.Equal(("c", "a"), (same.Champion!.Version, same.Candidate)); // the candidate goes on waiting
        var back = same.WithoutChampion();
        Assert.Equal("b", back.Champion!.Version);
        Assert.Contains("was taken back", Assert.Throws<RecipeException>(() => back.WithChampion("c")).Message, StringComparison.Ordinal);

        // The pipeline publishes what waited as a candidate: it serves, and waits no more.
        var waiting = new BundleRegistry().WithBundle("d", second, "fd", null).WithCandidate("d").With("d", second, "fd");
        Assert.Equal(("d", null), (waiting.Champion!.Version, waiting.Candidate));
    }

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
