using LineRec.Features;

namespace LineRec.Training.Tests;

public sealed class RankingExamplesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Catalog Shop = new(["a", "b"], [TextColumn.Encode("brand", ["x", "y"])]);

    [Fact]
    public void Rows_from_before_the_end_of_the_fit_are_refused_for_their_labels_may_be_counted()
    {
        using var fitted = Fitter(Noon).Fit();
        string message = Assert.Throws<ArgumentException>(() => From(fitted, Noon.AddMinutes(-1))).Message;
        Assert.Contains("2026-03-01 12:00:00Z, but a request was recorded at 2026-03-01 11:59:00Z", message, StringComparison.Ordinal);
        Assert.Contains("FitFolds", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_from_after_the_fit_are_taken()
    {
        using var fitted = Fitter(Noon).Fit();
        Assert.Equal(2, From(fitted, Noon).Count);
    }

    /// <summary>The fold of a request's user doesn't count the user's click, which all other states do.</summary>
    [Fact]
    public void Rows_of_a_fold_have_the_rate_without_the_own_click()
    {
        const int User = 7;
        using var folded = Fitter(Noon).FitFolds();
        int own = TargetRateFeature.FoldOf(User, folded.Folds.Count);
        var honest = From(folded.Folds[own], Noon.AddHours(-1), outOfFold: true);
        Assert.Equal(honest.ItemFeatures![0][0], honest.ItemFeatures[1][0]); // nobody but the user clicked "a"
        Assert.True(folded.Whole.Items[0][0] > folded.Whole.Items[1][0]);
    }

    [Fact]
    public void Features_that_count_no_events_know_no_labels()
    {
        using var fitted = new FeatureFitter(FeatureSpec.Create(s => s.Item(i => i.OneHot("brand"))), Shop, Noon).Fit();
        Assert.Equal(2, From(fitted, Noon.AddDays(-1)).Count);
    }

    private static FeatureFitter Fitter(DateTimeOffset asOf)
    {
        var fitter = new FeatureFitter(FeatureSpec.Create(s => s.Item(i => i.TargetCtr("brand"))), Shop, asOf);
        long before = asOf.AddHours(-1).ToUnixTimeMilliseconds();
        foreach (int user in new[] { 7, 8, 9 })
            for (int row = 0; row < 2; row++) fitter.Add([user], [row], [EventType.Impression], [before]);
        fitter.Add([7], [0], [EventType.Click], [before]);
        return fitter;
    }

    private static RankingExamples From(FittedFeatures fitted, DateTimeOffset time, bool outOfFold = false)
    {
        var captured = new CapturedFeatures();
        var capture = new FeatureCapture(FeatureEncoder.Create(fitted, Shop, name => throw new InvalidOperationException(name)), captured);
        var context = new RequestContext();
        context.Begin(new RecommendationRequest { Placement = "home", UserId = "u7" }, new ModelSnapshot(Shop), time, 1, 10);
        var candidates = new CandidateTable(["source"]);
        for (int row = 0; row < 2; row++) candidates.Add(row, 0f, 0);
        Assert.True(capture.RankAsync(context, candidates, CancellationToken.None).IsCompletedSuccessfully);
        return RankingExamples.From(captured, [1f, 0f], outOfFold: outOfFold);
    }
}
