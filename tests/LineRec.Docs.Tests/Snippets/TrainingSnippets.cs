using LineRec.Features;
using LineRec.Retrieval;
using LineRec.TinyShop;
using LineRec.Training;

using TwoTowerOptions = LineRec.Training.TwoTowerOptions;

namespace LineRec.Docs.Tests.Snippets;

/// <summary>What the page of LineRec.Training shows, run on a few users and made-up requests.</summary>
[Collection(nameof(ShopFolder))]
public class TrainingSnippets
{
    private const int Requests = 60;
    private const int Candidates = 5;

    [Fact]
    public void Towers_and_rankers_are_trained_and_exported()
    {
        var catalog = TinyCatalog.Create();
        var events = TinyCatalog.CreateEvents();
        var examples = MakeExamples();
        var progress = new Progress<TrainingProgress>();
        string folder = Directory.CreateDirectory("models-of-the-docs").FullName;

        #region training
        // Retrieval: what a user's history says of the next item.
        using var towers = new TwoTowerTrainer(new TwoTowerOptions { Dimension = 32, Seed = 1 })
            .Train(events, catalog, progress: progress);
        Console.WriteLine($"Recall@20 on the last tenth of the time: {towers.Report.ValidationRecall:P1}");
        var export = towers.Export(folder, fingerprint: ""); // tables/*.npy, items.npy, user_tower.onnx, item_tower.onnx

        // Ranking: which of a request's candidates is chosen; examples as the pipeline captured them.
        using var ranker = new RankerTrainer(new RankerOptions { Seed = 1 })
            .Train(examples, progress);
        Console.WriteLine(ranker.Report.HeldOut);            // AUC, log loss, calibration error, MRR, NDCG
        var home = ranker.Export(folder, "rankers/home.onnx", fingerprint: "");
        #endregion

        Assert.Equal(catalog.Count, towers.ItemVectors.Rows);
        Assert.All(new[] { export.UserTower.File, export.ItemTower.File, home.File, "items.npy", "tables/item.npy" }, f => Assert.True(File.Exists(Path.Combine(folder, f)), f));
        Assert.True(ranker.Report.HeldOut.Auc > 0.8, $"AUC {ranker.Report.HeldOut.Auc}"); // the one feature there is tells who is chosen
    }

    [Fact]
    public void A_model_goes_on_the_next_day()
    {
        var events = TinyCatalog.CreateEvents();
        var (todaysCatalog, todaysEvents) = (TinyCatalog.Create(), events);
        string state = Directory.CreateDirectory("two-tower-state-of-the-docs").FullName, bundle = Directory.CreateDirectory("bundle-of-the-docs").FullName;
        var options = new TwoTowerOptions { Dimension = 8, Epochs = 3, Seed = 1 };
        using (var yesterday = new TwoTowerTrainer(options).Train(events.Before(TinyCatalog.Now.AddDays(-16)), todaysCatalog)) yesterday.State.Save(state);

        #region continue-training
        var earlier = TwoTowerState.Open(state);                      // what model.State.Save wrote after the last training
        var daily = options with
        {
            Epochs = 1,                                               // the old weights are the start: few are enough
            ValidationShare = 0,                                      // with what the full training chose, on everything
        };
        using var towers = new TwoTowerTrainer(daily).Continue(earlier, todaysEvents, todaysCatalog);
        var found = towers.Report.Continuation!;
        Console.WriteLine($"{found.NewItems} new items, {found.RemovedItems} gone; known ones at a mean cosine of {found.MeanCosine:0.000} to their vectors of before");
        towers.Export(bundle, fingerprint: "");
        towers.State.Save(state);
        #endregion

        Assert.Equal((TinyCatalog.ItemCount, 0, 0), (found.KnownItems, found.NewItems, found.RemovedItems));
        Assert.InRange(found.MeanCosine, 0.5, 1);
        Assert.True(TwoTowerState.Open(state).TrainedUntil > earlier.TrainedUntil);
    }

    [Fact]
    public void Hard_negatives_come_from_an_index()
    {
        #region hard-negatives
        var options = new TwoTowerOptions
        {
            UniformNegatives = 1024,
            HardNegatives = new HardNegativeOptions { Index = vectors => new FlatIndex(vectors) }, // or VectorIndex.Auto, for large catalogs
        };
        #endregion

        using var towers = new TwoTowerTrainer(options with { Dimension = 8, Epochs = 2, UniformNegatives = 20 }).Train(TinyCatalog.CreateEvents(), TinyCatalog.Create());
        Assert.Equal(TinyCatalog.ItemCount, towers.ItemVectors.Rows);
    }

    [Fact]
    public void What_was_shown_and_not_chosen_is_a_negative_beside_others()
    {
        var chosen = TinyCatalog.CreateEvents();
        var types = chosen.Types.SelectMany(type => new[] { EventType.Impression, type }).ToArray();
        var events = new InteractionTable( // each choice with the next item of the catalog shown beside it
            chosen.UserIds, [.. chosen.Offsets.Select(o => 2 * o)], [.. chosen.Rows.SelectMany(row => new[] { (row + 1) % TinyCatalog.ItemCount, row })], types, [.. chosen.Times.SelectMany(t => new[] { t, t })]);
        var catalog = TinyCatalog.Create();

        #region impression-negatives
        var options = new TwoTowerOptions
        {
            ImpressionNegatives = new ImpressionNegativeOptions { Within = TimeSpan.FromMinutes(30) }, // beside drawn ones
        };
        using var towers = new TwoTowerTrainer(options).Train(events, catalog); // events with their impressions
        #endregion

        Assert.Equal(TinyCatalog.ItemCount, towers.ItemVectors.Rows);
        Assert.True(towers.Report.Positives > 0);
    }

    [Fact]
    public void New_items_are_placed_by_their_attributes()
    {
        var catalog = TinyCatalog.Create();
        const int known = 55;
        var all = TinyCatalog.CreateEvents();
        int[] kept = [.. Enumerable.Range(0, all.Count).Where(i => all.Rows[i] < known)];
        int[] offsets = [.. all.Offsets.Select(end => kept.Count(i => i < end))];
        var events = new InteractionTable(all.UserIds, offsets, [.. kept.Select(i => all.Rows[i])], [.. kept.Select(i => all.Types[i])], [.. kept.Select(i => all.Times[i])]);
        using var towers = new TwoTowerTrainer(new TwoTowerOptions { Dimension = 8, CategoryDimension = 0, ValidationShare = 0 }).Train(events, catalog);

        #region training-new-items
        var spec = FeatureSpec.Create(s => s.Item(i => i
            .LogNumber("price").MultiHot("category", separator: "/", maxValues: 128).MultiHot("title", separator: " ", maxValues: 256)));
        using var attributes = new FeatureFitter(spec, catalog, TinyCatalog.Now).Fit();      // no events: what an item is, not how it sells
        var placed = towers.PlaceNewItems(attributes.Items);                                 // before Export
        Console.WriteLine($"{placed.Placed} new items placed; attributes explain {placed.Explained:P1} of known items' rows");
        #endregion

        Assert.True(placed.Explained > 0, $"explained {placed.Explained}"); // users of the tiny shop keep to a category each
        Assert.Equal(TinyCatalog.ItemCount - known, placed.Placed);
    }

    /// <summary>Requests with five candidates; the one whose feature is highest is chosen.</summary>
    private static RankingExamples MakeExamples()
    {
        var random = new Random(3);
        var (features, labels) = (new float[Requests * Candidates], new float[Requests * Candidates]);
        for (int request = 0; request < Requests; request++)
        {
            var own = features.AsSpan(request * Candidates, Candidates);
            int best = 0;
            for (int i = 0; i < Candidates; i++)
            {
                own[i] = random.NextSingle();
                if (own[i] > own[best]) best = i;
            }

            labels[(request * Candidates) + best] = 1f;
        }

        return new RankingExamples
        {
            GroupOffsets = [.. Enumerable.Range(0, Requests + 1).Select(r => r * Candidates)],
            ItemRows = [.. Enumerable.Range(0, Requests * Candidates).Select(i => i % TinyCatalog.ItemCount)],
            Labels = labels,
            Cross = new NpyMatrix<float>(features, 1),
        };
    }
}
