using System.Globalization;
using LineRec.Features;
using LineRec.Recipes;
using LineRec.Samples.Shop.Reporting;
using LineRec.Training;

namespace LineRec.Samples.Shop.Lists;

/// <summary>
/// Trains the rankers of lists and publishes a bundle with them. Item statistics that a ranker learns from must not know the clicks it is to foretell, so they are
/// cross-fitted: sessions are dealt into folds, and a fold's lists see items as the other folds' sessions know them.
/// </summary>
/// <param name="events">The log, impressions included.</param>
/// <param name="histories">What users did, for the pipeline.</param>
/// <param name="sources">What else the pipeline knows.</param>
internal sealed class ListTraining(
    ShopDataset dataset, Catalog catalog, InteractionTable events, IUserHistoryStore histories, ListSources sources, string bundles, int seed, ShopReport report, RunConsole console)
{
    private const int Folds = 5;

    private readonly InteractionTable _known = events.Before(dataset.Split);

    /// <summary>Trains and publishes.</summary>
    /// <returns>The bundle's version.</returns>
    public string Train(IReadOnlyList<ListCase> lists, CancellationToken cancellationToken)
    {
        var foldOf = DealSessions();
        var examples = ListPlacements.All.ToDictionary(p => p, _ => new List<RankingExamples>());
        FittedFeatures? fitted = null;
        using var folds = new WorkFolder(null); // bundles without rankers, never to be served
        for (int fold = 0; fold < Folds; fold++)
        {
            var others = UsersOf(_known, user => foldOf[user] != fold);
            var own = lists.Where(l => foldOf[l.UserId] == fold).ToList();
            fitted = console.Step($"Capture features of fold {fold + 1} of {Folds}", progress => Capture(own, others, fitted, folds.Bundles, $"fold-{fold + 1}", examples, progress));
        }

        string version = FreeVersion("lists-" + dataset.Split.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture));
        using var bundle = BundleWriter.Create(bundles, version);
        foreach (string placement in ListPlacements.All)
        {
            using var model = TrainRanker(placement, StackedExamples.Of(examples[placement]), cancellationToken);
            bundle.AddModel($"rankers/{placement}", model.Export(bundle.Directory, $"rankers/{placement}.onnx", fitted!.Fingerprint));
        }

        using (var served = Write(bundle, _known, fitted)) { }
        fitted!.Dispose();
        return version;
    }

    private FittedFeatures Capture(List<ListCase> lists, InteractionTable others, FittedFeatures? before, string root, string version, Dictionary<string, List<RankingExamples>> examples, IProgress<double> progress)
    {
        FittedFeatures fitted;
        using (var bundle = BundleWriter.Create(root, version)) fitted = Write(bundle, others, before);
        before?.Dispose();
        foreach (var (index, placement) in ListPlacements.All.Index())
        {
            var labels = new ExampleLabels(negatives: 0, keepUnchosen: false, seed);
            var features = new CapturedFeatures();
            var live = new LiveItems();
            using var recommender = new RecommenderBuilder()
                .UseHistories(histories)
                .UseLiveItems(live)
                .AddPlacement(placement, p => p.Retrieve(r => ListPlacements.Retrieve(r, placement, sources)).Rank(r => r.Capture(features, labels.Select)))
                .Build(BundleReader.Open(Path.Combine(root, version), verify: false));
            for (int i = 0; i < lists.Count; i++)
            {
                ListPlacements.FeedPrices(live, lists[i], catalog);
                labels.Next(row => row == lists[i].ClickedRow);
                var answer = recommender.RecommendAsync(ListPlacements.Request(placement, lists[i], catalog));
                if (!answer.IsCompletedSuccessfully) answer.AsTask().GetAwaiter().GetResult();
                progress.Report((index + ((i + 1.0) / lists.Count)) / ListPlacements.All.Count);
            }

            examples[placement].Add(labels.Join(features) with { ItemFeatures = null });
        }

        return fitted;
    }

    /// <summary>Fits the features, writes and publishes the bundle.</summary>
    private FittedFeatures Write(BundleWriter bundle, InteractionTable known, FittedFeatures? refreshOf)
    {
        var fitter = new FeatureFitter(ListFeatures.Spec, catalog, dataset.Split);
        fitter.Add(known);
        var fitted = fitter.Fit(refreshOf);
        fitted.Save(bundle.Directory);
        bundle.WriteCatalog(catalog);
        bundle.Publish();
        return fitted;
    }

    private RankerModel TrainRanker(string placement, RankingExamples examples, CancellationToken cancellationToken)
    {
        // Chosen on two folds of the training day: small steps and few features, for a day has few lists.
        var options = new RankerOptions { Seed = seed, Ensemble = 8, Epochs = 24, Patience = 24, Dropout = 0.3, LearningRate = 0.001 };
        var model = console.Step($"Train ranker '{placement}'", progress => new RankerTrainer(options).Train(examples, new StepProgress<TrainingProgress>(p => progress.Report((p.Epoch - 1 + ((double)p.Step / p.Steps)) / p.Epochs)), cancellationToken));
        report.Rankers.Add(new RankerFigures(placement, model.Report.HeldOut.Auc, model.Report.HeldOut.LogLoss, model.Report.HeldOut.Ece, examples.Count));
        return model;
    }

    /// <summary>A published version is never written again, so a second run into the same folder counts on.</summary>
    private string FreeVersion(string version) =>
        Enumerable.Range(1, int.MaxValue).Select(run => run == 1 ? version : $"{version}-{run}").First(name => !Path.Exists(Path.Combine(bundles, name)));

    private Dictionary<string, int> DealSessions()
    {
        int[] order = [.. Enumerable.Range(0, _known.UserCount)];
        new Random(seed).Shuffle(order);
        return order.Index().ToDictionary(o => _known.UserIds[o.Item], o => o.Index % Folds, StringComparer.Ordinal);
    }

    private static InteractionTable UsersOf(InteractionTable table, Func<string, bool> wanted)
    {
        int[] users = [.. Enumerable.Range(0, table.UserCount).Where(u => wanted(table.UserIds[u]))];
        int[] offsets = new int[users.Length + 1];
        for (int i = 0; i < users.Length; i++) offsets[i + 1] = offsets[i] + table.Offsets[users[i] + 1] - table.Offsets[users[i]];
        int[] events = [.. users.SelectMany(u => Enumerable.Range(table.Offsets[u], table.Offsets[u + 1] - table.Offsets[u]))];
        return new InteractionTable([.. users.Select(u => table.UserIds[u])], offsets, [.. events.Select(e => table.Rows[e])], [.. events.Select(e => table.Types[e])], [.. events.Select(e => table.Times[e])]);
    }
}
