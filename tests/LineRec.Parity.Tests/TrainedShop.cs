using LineRec.Features;
using LineRec.Training;

namespace LineRec.Parity.Tests;

/// <summary>A small seeded shop, its towers and a ranker trained on features that a capture took, exported into one bundle folder.</summary>
public sealed class TrainedShop : IDisposable
{
    private const int Items = 60;
    private const int Users = 80;
    private static readonly DateTimeOffset Start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly Catalog _catalog;
    private readonly string _folder = Directory.CreateTempSubdirectory("linerec-parity").FullName;

    public TrainedShop()
    {
        var random = new Random(7);
        string[] ids = [.. Enumerable.Range(0, Items).Select(i => $"i{i:D3}")];
        var catalog = new Catalog(ids,
        [
            TextColumn.Encode(CatalogColumns.Category, [.. ids.Select((_, i) => i % 10 == 9 ? null : $"c{i % 6}")]),
            new NumberColumn(CatalogColumns.Price, [.. ids.Select((_, i) => i % 13 == 0 ? float.NaN : 1f + i)]),
            new TimeColumn(CatalogColumns.ListedAt, [.. ids.Select((_, i) => Start.AddDays(i % 40).ToUnixTimeMilliseconds())]),
        ]);
        var (offsets, rows, types, times) = (new int[Users + 1], new List<int>(), new List<EventType>(), new List<long>());
        for (int user = 0; user < Users; user++)
        {
            int events = 5 + random.Next(30);
            for (int i = 0; i < events; i++)
            {
                rows.Add(random.Next(3) > 0 ? ((user % 6) + (6 * random.Next(Items / 6))) : random.Next(Items)); // each user has a favourite category
                types.Add((EventType)random.Next(1, 5));
                times.Add(Start.AddHours((i * 900.0 / events) + random.NextDouble()).ToUnixTimeMilliseconds());
            }

            offsets[user + 1] = rows.Count;
        }

        Events = new InteractionTable([.. Enumerable.Range(0, Users).Select(u => $"u{u}")], offsets, [.. rows], [.. types], [.. times]);
        End = Start.AddDays(38);
        var spec = FeatureSpec.Create(s => s
            .History(new HistoryPooling { Last = 20, Decay = 0.95f })
            .User(u => u.PooledHistory().EventCounts().RecentEvents().DaysSinceLast().HourOfDay().MeanPrice().RepeatShare())
            .Item(i => i.CategoryOneHot().Embedding("category").LogNumber("price").Counts().RecentCounts().Repeats())
            .Cross(c => c.SourceScores("a", "b").OwnHistory().CategoryShare().PriceRatio().ListContext().Age().Similarity()));
        var fitter = new FeatureFitter(spec, catalog, End);
        fitter.Add(Events);
        using var fitted = fitter.Fit();
        fitted.Save(_folder);
        _catalog = catalog;
        var models = new Dictionary<string, ModelDescription>();
        (Tower, Snapshot) = Train(SequenceModel.None, _folder, models);
        Examples = Capture(random);
        Ranker = new RankerTrainer(new RankerOptions { HiddenWidths = [16, 8], Epochs = 3, UserVectorOffset = 0, Ensemble = 2 }).Train(Examples);
        models["rankers/home"] = Ranker.Export(_folder, "rankers/home.onnx", fitted.Fingerprint);
    }

    public InteractionTable Events { get; }

    /// <summary>Towers whose user tower reads histories another way, exported into a folder of their own beside the same feature state.</summary>
    public TrainedTowers TrainTowers(SequenceModel sequence)
    {
        string folder = Path.Combine(_folder, $"towers_{sequence}");
        Directory.CreateDirectory(folder);
        foreach (string file in (string[])[FittedFeatures.DocumentFile, FittedFeatures.ItemsFile]) File.Copy(Path.Combine(_folder, file), Path.Combine(folder, file), overwrite: true);
        var (model, snapshot) = Train(sequence, folder, []);
        return new TrainedTowers(model, snapshot);
    }

    public DateTimeOffset End { get; }

    public ModelSnapshot Snapshot { get; }

    public TwoTowerModel Tower { get; }

    public RankerModel Ranker { get; }

    /// <summary>What the ranker was trained on: a request a user.</summary>
    public RankingExamples Examples { get; }

    /// <summary>The requests that were captured, one a user, made anew.</summary>
    public IEnumerable<(RequestContext Context, CandidateTable Candidates)> Requests()
    {
        for (int user = 0; user < Users; user++)
        {
            var random = new Random(user);
            var context = new RequestContext();
            context.Begin(new RecommendationRequest { Placement = "home", UserId = Events.UserIds[user] }, Snapshot, End.AddHours(user), 1, 10);
            for (int i = Events.Offsets[user]; i < Events.Offsets[user + 1]; i++) context.History.Add(Events.Rows[i], Events.Types[i], Events.Times[i]);
            var candidates = new CandidateTable(["a", "b"]);
            int[] rows = [.. Enumerable.Range(0, Items)];
            random.Shuffle(rows);
            foreach (int row in rows.Take(1 + random.Next(Items))) candidates.AddOrigin(candidates.Add(row, 0f, 0), random.Next(2), random.NextSingle());
            yield return (context, candidates);
        }
    }

    private (TwoTowerModel Model, ModelSnapshot Snapshot) Train(SequenceModel sequence, string folder, Dictionary<string, ModelDescription> models)
    {
        using var fitted = FittedFeatures.Load(folder);
        var options = new TwoTowerOptions { Dimension = 8, Epochs = 2, HistoryPooling = fitted.Spec.History, SequenceModel = sequence, UserHiddenWidth = 16, UniformNegatives = 64, Seed = 3 };
        var model = new TwoTowerTrainer(options).Train(Events, _catalog, fitted.Items);
        var export = model.Export(folder, fitted.Fingerprint);
        (models["user_tower"], models["item_tower"]) = (export.UserTower, export.ItemTower);
        return (model, new ModelSnapshot(_catalog) { Directory = folder, Version = "parity", Models = models });
    }

    private RankingExamples Capture(Random random)
    {
        var encoder = SnapshotFeatures.EncoderFor(Snapshot);
        var captured = new CapturedFeatures();
        var capture = new FeatureCapture(encoder, captured);
        foreach (var (context, candidates) in Requests())
        {
            if (!capture.RankAsync(context, candidates, CancellationToken.None).IsCompletedSuccessfully) throw new InvalidOperationException("A capture doesn't wait.");
        }

        float[] labels = [.. captured.Rows.ToArray().Select(_ => random.Next(5) == 0 ? 1f : 0f)];
        return RankingExamples.From(captured, labels, SnapshotFeatures.TableFor(Snapshot, "item"));
    }

    public void Dispose()
    {
        Ranker.Dispose();
        Tower.Dispose();
        Examples.User?.Dispose();
        Examples.Cross?.Dispose();
        Snapshot.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
