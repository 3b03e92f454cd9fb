using LineRec.Features;
using LineRec.Training;

namespace LineRec.Recipes;

/// <summary>Trains the rankers of placements on features captured in the serving pipeline, over models that don't know the labels.</summary>
internal sealed class RankerTraining(ShopPlacements placements, ModelSnapshot snapshot, IUserHistoryStore histories, int seed)
{
    private const int NegativesPerRequest = 150;

    /// <summary>Examples from what users turned to next: the candidates that they didn't turn to are the negatives, drawn evenly.</summary>
    public RankingExamples FromNextEvents(string placement, IReadOnlyList<EvaluationCase> cases, IProgress<double> progress)
    {
        var labels = new ExampleLabels(NegativesPerRequest, keepUnchosen: false, seed);
        var features = new CapturedFeatures();
        var recommender = Build(placement, features, labels, shown: null);
        for (int i = 0; i < cases.Count; i++)
        {
            var targets = cases[i].Targets;
            labels.Next(row => targets.Contains(row) ? true : null);
            Ask(recommender, placement, cases[i].UserId, cases[i].Time, cases[i].AnchorItemIds);
            progress.Report((i + 1.0) / cases.Count);
        }

        return labels.Join(features);
    }

    /// <summary>Examples from impressions: clicked ones are the positives, those without click the negatives, in that placement.</summary>
    public RankingExamples FromImpressions(string placement, IReadOnlyList<LineRec.Data.ImpressionList> lists, IProgress<double> progress)
    {
        var shown = new ShownItems();
        var labels = new ExampleLabels(negatives: 0, keepUnchosen: true, seed);
        var features = new CapturedFeatures();
        var recommender = Build(placement, features, labels, shown);
        for (int i = 0; i < lists.Count; i++)
        {
            var list = lists[i];
            shown.Rows = list.Rows;
            labels.Next(
                row => Array.IndexOf(list.Rows, row) is >= 0 and var at ? list.Clicked[at] : null,
                list.Rows.Zip(list.Positions));
            Ask(recommender, placement, list.UserId, DateTimeOffset.FromUnixTimeMilliseconds(list.UnixMilliseconds), list.AnchorRow >= 0 ? [snapshot.Catalog.IdOf(list.AnchorRow)] : []);
            progress.Report((i + 1.0) / lists.Count);
        }

        return labels.Join(features);
    }

    // Disposing it would dispose the snapshot, which all placements share and the caller owns.
    private Recommender Build(string placement, CapturedFeatures features, ExampleLabels labels, ShownItems? shown) => new RecommenderBuilder(new CaptureServices())
        .UseHistories(histories)
        .AddPlacement(placement, p => p
            .Retrieve(r =>
            {
                placements.Retrieve(r, placement);
                if (shown is not null) r.Use("shown", 100, shown);
            })
            .Filter(f =>
            {
                if (shown is null) ShopPlacements.Filter(f, placement);
            })
            .Rank(r => r.Capture(features, labels.Select, labels.Positions)))
        .Build(snapshot);

    private static void Ask(Recommender recommender, string placement, string user, DateTimeOffset time, IReadOnlyList<string> anchors)
    {
        var answer = recommender.RecommendAsync(new() { Placement = placement, UserId = user, Time = time, AnchorItemIds = anchors, Seed = 1 });
        if (!answer.IsCompletedSuccessfully) answer.AsTask().GetAwaiter().GetResult();
    }

    /// <summary>Proposes what was shown, so that it is among the candidates whatever the retrievers say.</summary>
    private sealed class ShownItems : IRetriever
    {
        public int[] Rows { get; set; } = [];

        public ValueTask RetrieveAsync(RequestContext context, CandidateSink candidates, CancellationToken cancellationToken)
        {
            foreach (int row in Rows) candidates.Add(row, 0f);
            return ValueTask.CompletedTask;
        }
    }
}
