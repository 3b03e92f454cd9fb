using LineRec.TinyShop;
using LineRec.Training;

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
