using System.Numerics.Tensors;

namespace LineRec.Training.Tests;

/// <summary>Trainings that go on from an earlier model.</summary>
public sealed class TwoTowerContinueTests
{
    private const int Items = 160;
    private static readonly DateTimeOffset Yesterday = new(2026, 2, 3, 0, 0, 0, TimeSpan.Zero); // four fifths of the log come before
    private static readonly TwoTowerOptions Quick = new() { Dimension = 16, Epochs = 4, BatchSize = 256, CategoryDimension = 4, UserHiddenWidth = 8, ItemHiddenWidth = 8 };
    private static readonly InteractionTable Empty = new([], [0], [], [], []);

    [Fact]
    public void Without_new_events_the_model_stays_as_it_is_to_the_bit()
    {
        using var features = TasteLog.Features();
        using var earlier = new TwoTowerTrainer(Quick).Train(TasteLog.Events(), TasteLog.Catalog(), features);
        using var later = new TwoTowerTrainer(Quick).Continue(earlier.State, Empty, TasteLog.Catalog(), features);
        AssertSameFiles(earlier, later);
        Assert.Equal((0, 0, earlier.Report.PopularityExponent), (later.Report.Examples, later.Report.BestEpoch, later.Report.PopularityExponent));
        Assert.Equal(1, later.Report.Continuation!.MeanCosine, 1e-5);

        var old = Quick with { ExamplesAfter = earlier.State.TrainedUntil };
        using var nothingAfter = new TwoTowerTrainer(old).Continue(earlier.State, TasteLog.Events(), TasteLog.Catalog(), features);
        AssertSameFiles(earlier, nothingAfter);
    }

    [Fact]
    public void Items_keep_their_rows_by_id_where_the_catalog_grew_shrank_and_was_reordered()
    {
        using var earlier = new TwoTowerTrainer(Quick).Train(TasteLog.Events(), TasteLog.Catalog());
        // Some item numbers are gone, new ones are in front and between, and categories have other codes.
        string[] ids = [.. TasteLog.Catalog().Ids.ToArray().Where((_, i) => i % 10 != 3), .. Enumerable.Range(0, 80).Select(i => $"ite{(char)('l' + (i % 3))}new{i:d2}")];
        Array.Sort(ids, StringComparer.Ordinal);
        var catalog = new Catalog(ids, [Reverse(TextColumn.Encode("category", [.. ids.Reverse().Select(CategoryOf)]))]);
        using var later = new TwoTowerTrainer(Quick).Continue(earlier.State, Empty, catalog);
        var found = later.Report.Continuation!;
        Assert.Equal((144, 80, 16), (found.KnownItems, found.NewItems, found.RemovedItems));
        Assert.Equal(1, found.LowCosine, 1e-5);
        for (int row = 0; row < ids.Length; row++)
        {
            if (!TasteLog.Catalog().TryGetRow(ids[row], out int then))
            {
                Assert.All(later.ItemTable[row].ToArray(), v => Assert.Equal(0f, v)); // never learnt: what the category says
                continue;
            }

            Assert.Equal(earlier.ItemTable[then].ToArray(), later.ItemTable[row].ToArray());
            OnnxRunner.AssertClose(earlier.ItemVectors[then].ToArray(), later.ItemVectors[row].ToArray());
        }
    }

    [Fact]
    public void New_items_start_from_their_categorys_mean_and_are_learnt()
    {
        const int all = 240;
        var events = TasteLog.Events(items: all, seed: 6);
        var old = Without(events.Before(Yesterday), row => row >= Items);
        var options = Quick with { Epochs = 3, UserHiddenWidth = 0, ItemHiddenWidth = 0 };
        using var earlier = new TwoTowerTrainer(options).Train(old, TasteLog.Catalog(Items));
        var start = new TwoTowerStart(earlier.State, TasteLog.Catalog(all), null, options);
        using (var network = new TwoTowerNetwork(options, new ItemInputs(TasteLog.Catalog(all), null, options, null)))
        {
            start.Apply(network);
            int[] like = [.. Enumerable.Range(0, Items).Where(i => i % TasteLog.Groups == 200 % TasteLog.Groups && i % 11 != 0 && start.Trained(i))];
            float[] mean = [.. Enumerable.Range(0, 16).Select(k => like.Average(i => earlier.ItemTable[i][k]))];
            OnnxRunner.AssertClose(mean, network.Items[200].ToArray());
        }

        using var later = new TwoTowerTrainer(options).Continue(earlier.State, events, TasteLog.Catalog(all));
        using var users = later.EncodeUsers(events);
        int hits = 0;
        for (int user = 0; user < events.UserCount; user++)
        {
            var best = Enumerable.Range(Items, all - Items).OrderByDescending(i => TensorPrimitives.Dot(users[user], later.ItemVectors[i])).Take(5);
            hits += best.Count(i => i % TasteLog.Groups == user % TasteLog.Groups);
        }

        Assert.True(hits >= 0.8 * events.UserCount * 5, $"{hits} hits"); // an eighth by chance; 10 of the 80 are of the user's group
    }

    [Fact]
    public void New_items_without_attributes_are_learnt_too()
    {
        const int all = 240;
        var events = TasteLog.Events(items: all, seed: 6);
        using var earlier = new TwoTowerTrainer(Quick).Train(Without(events.Before(Yesterday), row => row >= Items), TasteLog.Catalog(Items, categories: false));
        using var later = new TwoTowerTrainer(Quick).Continue(earlier.State, events, TasteLog.Catalog(all, categories: false));
        using var users = later.EncodeUsers(events);
        int hits = 0;
        for (int user = 0; user < events.UserCount; user++)
            hits += Enumerable.Range(Items, all - Items).MaxBy(i => TensorPrimitives.Dot(users[user], later.ItemVectors[i])) % TasteLog.Groups == user % TasteLog.Groups ? 1 : 0;
        Assert.True(hits >= 0.8 * events.UserCount, $"{hits} hits");
    }

    [Fact]
    public void It_finds_more_than_a_model_from_nothing_after_as_few_epochs_and_vectors_hardly_move()
    {
        var events = TasteLog.Events();
        var catalog = TasteLog.Catalog(categories: false); // a category would tell the taste at once
        var few = Quick with { Epochs = 1, RetrainOnAll = false, BatchSize = 1024 };
        using var earlier = new TwoTowerTrainer(Quick).Train(events.Before(Yesterday), catalog);
        using var warm = new TwoTowerTrainer(few).Continue(earlier.State, events, catalog);
        using var cold = new TwoTowerTrainer(few).Train(events, catalog);
        Assert.Equal(cold.Report.ValidationExamples, warm.Report.ValidationExamples); // the same last tenth
        Assert.True(warm.Report.ValidationRecall > cold.Report.ValidationRecall + 0.1, $"{warm.Report.ValidationRecall} and {cold.Report.ValidationRecall}");
        var found = warm.Report.Continuation!;
        Assert.InRange(found.RecallBefore, cold.Report.ValidationRecall, 1);
        Assert.InRange(found.MeanCosine, 0.9, 0.99999);
        Assert.InRange(found.LowCosine, 0.7, found.MeanCosine);
        var anew = new TwoTowerStart(earlier.State, catalog, null, Quick).Compare(cold.ItemVectors, double.NaN);
        Assert.True(anew.MeanCosine < found.MeanCosine - 0.1, $"{anew.MeanCosine} from nothing");
    }

    [Fact]
    public void Only_moments_after_the_chosen_time_are_examples_and_validation_is_of_what_is_new()
    {
        var events = TasteLog.Events();
        using var earlier = new TwoTowerTrainer(Quick).Train(events.Before(Yesterday), TasteLog.Catalog());
        var until = earlier.State.TrainedUntil;
        Assert.Equal(events.Times.Where(t => t < Yesterday.ToUnixTimeMilliseconds()).Max(), until.ToUnixTimeMilliseconds());
        using var later = new TwoTowerTrainer(Quick with { ExamplesAfter = until, Epochs = 1 }).Continue(earlier.State, events, TasteLog.Catalog());
        Assert.Equal(TwoTowerExamples.Find(events, Quick, until.ToUnixTimeMilliseconds() + 1, long.MaxValue).Count, later.Report.Examples);

        using var half = new TwoTowerTrainer(Quick with { ValidationShare = 0.5, Epochs = 1 }).Continue(earlier.State, events, TasteLog.Catalog());
        Assert.Equal(later.Report.Examples, half.Report.ValidationExamples); // half of the log is more than what is new
        int[] counted = Popularity.Count(events, Quick, Items, long.MinValue, long.MaxValue);
        Assert.Equal(counted, half.State.Counts); // yesterday's and what came since: each event once
    }

    [Fact]
    public void From_files_it_goes_on_as_from_memory_and_the_same_again()
    {
        string folder = Directory.CreateTempSubdirectory("linerec-state-").FullName;
        try
        {
            var events = TasteLog.Events();
            using var features = TasteLog.Features();
            var options = Quick with { FeatureNames = ["price", "group", "constant"] };
            using var earlier = new TwoTowerTrainer(options).Train(events.Before(Yesterday), TasteLog.Catalog(), features);
            earlier.State.Save(folder);
            var state = TwoTowerState.Open(folder);
            Assert.Equal((Items, 16, earlier.State.TrainedUntil), (state.ItemCount, state.Dimension, state.TrainedUntil));
            using var fromMemory = new TwoTowerTrainer(options).Continue(earlier.State, events, TasteLog.Catalog(), features);
            using var fromFiles = new TwoTowerTrainer(options).Continue(state, events, TasteLog.Catalog(), features);
            AssertSameFiles(fromMemory, fromFiles);
            using var other = new TwoTowerTrainer(options with { Seed = 2 }).Continue(state, events, TasteLog.Catalog(), features);
            Assert.NotEqual(fromFiles.ItemTable[0].ToArray(), other.ItemTable[0].ToArray());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void All_that_differs_from_the_earlier_towers_is_named()
    {
        using var features = TasteLog.Features();
        var named = Quick with { FeatureNames = ["price", "group", "constant"] };
        using var earlier = new TwoTowerTrainer(named).Train(TasteLog.Events(), TasteLog.Catalog(), features);
        var pooling = Quick.HistoryPooling with { Last = 7 };
        var changed = new TwoTowerTrainer(Quick with { Dimension = 8, UserHiddenWidth = 4, ItemHiddenWidth = 0, HistoryPooling = pooling, SequenceModel = SequenceModel.Gru });
        string message = Refused(changed, TasteLog.Catalog(categories: false), null);
        foreach (string part in new[] { "Dimension was 16 and is 8", "UserHiddenWidth was 8 and is 4", "ItemHiddenWidth was 8 and is 0", "CategoryDimension; 0 also for a catalog without a category column) was 4 and is 0", "last 50", "last 7", "SequenceModel was None and is Gru", "item features was 3 and is 0" })
            Assert.Contains(part, message, StringComparison.Ordinal);

        string swapped = Refused(new TwoTowerTrainer(Quick with { FeatureNames = ["group", "price", "constant"] }), TasteLog.Catalog(), features);
        Assert.Contains("item feature 0 was price and is group", swapped, StringComparison.Ordinal);
        Assert.Contains("item feature 1 was group and is price", swapped, StringComparison.Ordinal);
        Assert.DoesNotContain("HistoryPooling", swapped, StringComparison.Ordinal);

        string Refused(TwoTowerTrainer trainer, Catalog catalog, NpyMatrix<float>? matrix) =>
            Assert.Throws<ArgumentException>(() => trainer.Continue(earlier.State, TasteLog.Events(), catalog, matrix)).Message;
    }

    [Fact]
    public void Feature_names_are_as_many_as_features()
    {
        using var features = TasteLog.Features();
        string message = Assert.Throws<ArgumentException>(() => new TwoTowerTrainer(Quick with { FeatureNames = ["price"] }).Train(TasteLog.Events(), TasteLog.Catalog(), features)).Message;
        Assert.Contains("has 1 names, the item features have 3 columns", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_folder_is_refused()
    {
        string folder = Directory.CreateTempSubdirectory("linerec-state-").FullName;
        try
        {
            Assert.Contains("holds no whole state", Assert.Throws<FileNotFoundException>(() => TwoTowerState.Open(folder)).Message, StringComparison.Ordinal);
            using var model = new TwoTowerTrainer(Quick with { Epochs = 1 }).Train(TasteLog.Events(), TasteLog.Catalog());
            model.State.Save(folder);
            using (var few = new NpyMatrix<float>(new float[32], 16)) few.Save(Path.Combine(folder, "rows.npy"));
            Assert.Contains("is 2 × 16; by the folder's other files it must be 160 × 16", Assert.Throws<InvalidDataException>(() => TwoTowerState.Open(folder)).Message, StringComparison.Ordinal);
            string document = Path.Combine(folder, "state.json"), text = File.ReadAllText(document);
            File.WriteAllText(document, text.Replace("\"format\":1", "\"format\":9", StringComparison.Ordinal));
            Assert.Contains("has format 9", Assert.Throws<InvalidDataException>(() => TwoTowerState.Open(folder)).Message, StringComparison.Ordinal);
            File.WriteAllText(document, text[..20]);
            Assert.Contains("is damaged", Assert.Throws<InvalidDataException>(() => TwoTowerState.Open(folder)).Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string? CategoryOf(string id) => int.Parse(id[^2..], System.Globalization.CultureInfo.InvariantCulture) is var number && id.StartsWith("item0", StringComparison.Ordinal)
        ? TasteLog.Catalog().Category![int.Parse(id[4..], System.Globalization.CultureInfo.InvariantCulture)]
        : $"group{number % TasteLog.Groups}";

    // The same values by row, with codes as the other end of the catalog gave them.
    private static TextColumn Reverse(TextColumn column) => new(column.Name, [.. column.Codes.ToArray().Reverse()], [.. column.Values]);

    private static InteractionTable Without(InteractionTable events, Func<int, bool> row)
    {
        List<int> rows = [], offsets = [0];
        List<EventType> types = [];
        List<long> times = [];
        for (int user = 0; user < events.UserCount; user++)
        {
            for (int i = events.Offsets[user]; i < events.Offsets[user + 1]; i++)
            {
                if (row(events.Rows[i])) continue;
                rows.Add(events.Rows[i]);
                types.Add(events.Types[i]);
                times.Add(events.Times[i]);
            }

            offsets.Add(rows.Count);
        }

        return new InteractionTable(events.UserIds, [.. offsets], [.. rows], [.. types], [.. times]);
    }

    private static void AssertSameFiles(TwoTowerModel expected, TwoTowerModel found) => Assert.Equal(Files(expected), Files(found));

    private static SortedDictionary<string, byte[]> Files(TwoTowerModel model)
    {
        string folder = Directory.CreateTempSubdirectory("linerec-two-tower-").FullName;
        try
        {
            model.Export(folder, "");
            return new(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(f => Path.GetRelativePath(folder, f), File.ReadAllBytes), StringComparer.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
