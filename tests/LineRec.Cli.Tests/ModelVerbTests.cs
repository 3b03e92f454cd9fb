using LineRec.Recipes;
using LineRec.Tracking;

namespace LineRec.Cli.Tests;

/// <summary>The verbs around models: train, bundle, embed, index, evaluate, explain, runs. They share the pipeline's steps, so what one made the other finds done.</summary>
[Collection(nameof(SmallShop))]
public sealed class ModelVerbTests(SmallShop shop)
{
    private string Bundles => Path.Combine(shop.Whole, "bundles");

    [Fact]
    public async Task Train_and_bundle_make_the_pipelines_steps_and_nothing_twice()
    {
        string output = shop.NewFolder(), mlruns = shop.NewFolder();
        string[] Verb(params string[] verb) => [.. verb, "--data", shop.Log, "--out", output, "--config", shop.Config];
        string tracked = shop.ConfigWith(await File.ReadAllTextAsync(shop.Config) + $"tracking: {{ uri: {mlruns} }}\n");

        var towers = await Cli.JsonAsync("train", "two-tower", "--data", shop.Log, "--out", output, "--config", tracked);
        Assert.Equal(["profile", "features", "two-tower"], Cli.Made(towers));
        Assert.Equal(["item-to-item", "rankers"], Cli.Made(await Cli.JsonAsync("train", "ranker", "--data", shop.Log, "--out", output, "--config", tracked)));
        Assert.Equal(["bundle"], Cli.Made(await Cli.JsonAsync(Verb("bundle")))); // where it is tracked changes nothing of the models
        Assert.Empty(Cli.Made(await Cli.JsonAsync(Verb("bundle"))));
        Assert.Equal(["evaluate", "gate", "publish"], Cli.Made(await Cli.JsonAsync(shop.Run(output))));
        Assert.Equal(SmallShop.Results(shop.Whole), SmallShop.Results(output));

        string page = shop.NewFolder();
        var runs = await Cli.JsonAsync("runs", "--tracking", mlruns, "--html", page);
        string[] names = [.. runs.GetProperty("runs").EnumerateArray().Select(r => r.GetProperty("run_name").GetString()!).Order(StringComparer.Ordinal)];
        Assert.Equal(["ranker cart 20260104", "ranker charts 20260104", "ranker home 20260104"], names.Where(n => n is "ranker cart 20260104" or "ranker charts 20260104" or "ranker home 20260104"));
        Assert.Equal(["two-tower 20260103", "two-tower 20260104"], names.Where(n => n.StartsWith("two-tower", StringComparison.Ordinal)));
        Assert.Equal("validation_recall", runs.GetProperty("metric").GetString());
        string best = runs.GetProperty("best").GetString()!;
        Assert.Equal("two-tower 20260103", runs.GetProperty("runs").EnumerateArray().Single(r => r.GetProperty("run_id").GetString() == best).GetProperty("run_name").GetString()); // only the first holds a part back
        Assert.Contains("two-tower 20260103", await File.ReadAllTextAsync(page), StringComparison.Ordinal);

        using var tracker = RunTracking.Open(mlruns);
        var run = (await tracker.ReadRunsAsync("linerec")).First(r => r.RunName == "two-tower 20260103");
        Assert.Equal(("8", RunStatus.Finished), (run.Params["Dimension"], run.Status));
        Assert.Equal(LogFingerprint.Of(shop.Log, new(2026, 1, 4))[..16], Assert.Single(run.Inputs).Digest);
    }

    [Fact]
    public async Task A_run_that_fails_is_tracked_as_failed()
    {
        string mlruns = shop.NewFolder();
        var settings = new RecipeSettings { TrackingUri = mlruns };
        Assert.Throws<IOException>(() => RunTracking.Track<int>(settings, shop.Described(shop.NewFolder()), new string('0', 64), "broken", _ => throw new IOException("gone")));
        Assert.Throws<OperationCanceledException>(() => RunTracking.Track<int>(settings, shop.Described(shop.NewFolder()), new string('0', 64), "stopped", _ => throw new OperationCanceledException()));
        using var tracker = RunTracking.Open(mlruns);
        Assert.Equal(["broken Failed", "stopped Killed"], (await tracker.ReadRunsAsync("linerec")).Select(r => $"{r.RunName} {r.Status}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Embed_writes_the_bundles_item_vectors_and_what_the_user_tower_says_of_users()
    {
        string folder = shop.NewFolder(), asked = shop.NewFolder();
        using var snapshot = BundleReader.Open(Bundles);
        var log = Data.ShopLog.Open(shop.Log);
        string[] users = log.ReadInteractions(snapshot.Catalog).UserIds;
        await File.WriteAllLinesAsync(asked, [users[3], "nobody", users[1]]);
        var written = await Cli.JsonAsync("embed", "--bundle", Bundles, "--out", folder, "--data", shop.Log, "--users", asked, "--user", users[0]);
        Assert.Equal(1, written.GetProperty("users").GetProperty("skipped").GetInt32());
        Assert.Equal([users[0], users[3], users[1]], await File.ReadAllLinesAsync(Path.Combine(folder, "users.txt")));
        Assert.Equal(snapshot.Catalog.Ids.ToArray(), await File.ReadAllLinesAsync(Path.Combine(folder, "items.txt")));
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(snapshot.Directory!, "items.npy")), await File.ReadAllBytesAsync(Path.Combine(folder, "items.npy")));

        // A user's nearest items by these files are those that the pipeline's two-tower retriever proposes first.
        using var userVectors = NpyMatrix<float>.Open(Path.Combine(folder, "users.npy"));
        using var itemVectors = NpyMatrix<float>.Open(Path.Combine(folder, "items.npy"));
        int[] nearest = new int[5];
        new Retrieval.FlatIndex(itemVectors).Search(userVectors[1], nearest, new float[5]);
        var explained = await Cli.JsonAsync("explain", "--bundle", Bundles, "--placement", "cart", "--user", users[3], "--data", shop.Log);
        var ranks = explained.GetProperty("candidates").EnumerateArray().SelectMany(c => c.GetProperty("sources").EnumerateArray()
            .Where(s => s.GetProperty("source").GetString() == "two-tower").Select(s => (Id: c.GetProperty("item_id").GetString()!, Rank: s.GetProperty("rank").GetInt32())));
        Assert.Equal(nearest.Select(row => snapshot.Catalog.IdOf(row)), ranks.Where(r => r.Rank <= 5).OrderBy(r => r.Rank).Select(r => r.Id));
    }

    [Fact]
    public async Task A_users_vector_needs_the_log()
    {
        var (code, _, error) = await Cli.RunAsync("embed", "--bundle", Bundles, "--out", shop.NewFolder(), "--user", "x");
        Assert.Equal(((int)ExitCode.Usage, true), (code, error.Contains("give --data the log", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Index_chooses_an_exact_scan_for_few_vectors_and_saves_an_index_for_many()
    {
        string few = Path.Combine(BundleRoot.Resolve(Bundles), "items.npy");
        var exact = await Cli.JsonAsync("index", "--vectors", few, "--out", shop.NewFolder(), "--k", "10");
        Assert.Equal((System.Text.Json.JsonValueKind.Null, 1.0, 250), (exact.GetProperty("file").ValueKind, exact.GetProperty("recall").GetDouble(), exact.GetProperty("vectors").GetInt32()));

        const int Rows = 30_000, Dimension = 16;
        string many = shop.NewFolder(), file = Path.Combine(shop.NewFolder(), "items.ivf");
        var random = new Random(5);
        using (var vectors = new NpyMatrix<float>([.. Enumerable.Range(0, Rows * Dimension).Select(_ => (float)(random.NextDouble() - 0.5))], Dimension)) vectors.Save(many);
        var built = await Cli.JsonAsync("index", "--vectors", many, "--out", file, "--k", "10", "--recall", "0.9", "--budget-ms", "0.0001");
        Assert.Equal(Path.GetFullPath(file), built.GetProperty("file").GetString());
        Assert.InRange(built.GetProperty("recall").GetDouble(), 0.8, 1);
        using var again = NpyMatrix<float>.Open(many);
        using var opened = Retrieval.IvfIndex.Open(file, again);
        Assert.Equal(Rows, opened.Count);
    }

    [Fact]
    public async Task Evaluate_says_of_a_bundle_what_the_pipeline_said()
    {
        string file = shop.NewFolder();
        var report = await Cli.JsonAsync("evaluate", "--bundle", Bundles, "--data", shop.Log, "--config", shop.Config, "--out", file);
        string made = await File.ReadAllTextAsync(Path.Combine(shop.Whole, "runs", SmallShop.LastDate, "evaluate", EvaluateStep.ReportFile));
        Assert.Equal(made, await File.ReadAllTextAsync(file));
        Assert.Contains(report.GetProperty("quality").EnumerateArray(), q => q.GetProperty("system").GetString() == "ranked");

        var (code, text, error) = await Cli.RunAsync("evaluate", "--bundle", Bundles, "--champion", Bundles, "--data", shop.Log, "--config", shop.Config);
        Assert.True(code == 0, error);
        Assert.Contains("ranked - champion", text, StringComparison.Ordinal);
        Assert.Contains("+0.0000 (+0.0000 to +0.0000)", text, StringComparison.Ordinal); // against itself
    }

    [Fact]
    public async Task A_bundle_that_knows_the_tests_days_is_not_judged_by_them()
    {
        var (code, _, error) = await Cli.RunAsync("evaluate", "--bundle", Bundles, "--data", shop.Log, "--config", shop.Config, "--date", "2026-01-03");
        Assert.Equal((int)ExitCode.Usage, code);
        Assert.Contains("knows the log up to 2026-01-04 00:00, and the test begins at 2026-01-03 00:00: its figures would flatter it", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_tells_the_way_of_a_shown_item_of_one_that_fell_out_and_of_one_nobody_proposed()
    {
        string[] ask = ["explain", "--bundle", Bundles, "--placement", "home", "--take", "3"];
        var json = await Cli.JsonAsync(ask);
        var candidates = json.GetProperty("candidates").EnumerateArray().ToList();
        string shown = candidates[0].GetProperty("item_id").GetString()!, fell = candidates[^1].GetProperty("item_id").GetString()!;
        Assert.Contains($"{shown}: shown at 1; ", await TextAsync(shown), StringComparison.Ordinal);
        string lost = await TextAsync(fell);
        Assert.Contains($"{fell}: fell out at ", lost, StringComparison.Ordinal);
        Assert.Contains("removed", lost, StringComparison.Ordinal);
        Assert.Contains("nothing-of-ours: no retriever proposed it.", await TextAsync("nothing-of-ours"), StringComparison.Ordinal);

        async Task<string> TextAsync(string item)
        {
            var (code, output, error) = await Cli.RunAsync([.. ask, "--item", item]);
            Assert.True(code == 0, error);
            return output;
        }
    }

    [Fact]
    public async Task Runs_needs_somewhere_to_look()
    {
        var (code, _, error) = await Cli.RunAsync("runs");
        Assert.Equal(((int)ExitCode.Usage, true), (code, error.Contains("give --tracking a folder or a server", StringComparison.Ordinal)));
        (code, _, error) = await Cli.RunAsync("runs", "--tracking", "nowhere");
        Assert.Equal(((int)ExitCode.Usage, true), (code, error.Contains("There is no folder 'nowhere'", StringComparison.Ordinal)));
    }
}
