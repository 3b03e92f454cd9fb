using LineRec.Data;
using LineRec.Features;
using LineRec.Training;

namespace LineRec.Recipes;

/// <summary>
/// Captures what rankers learn from, window by window: each window's requests are answered through retrieval models that know only what is
/// before that window, and the features of their candidates captured.
/// </summary>
/// <remarks>Not thread-safe. Memory: the window's lists on the placements that have rankers, and all captured rows.</remarks>
/// <param name="dataset">How the log is split.</param>
/// <param name="catalog">The items.</param>
/// <param name="log">The log, for lists as shown.</param>
/// <param name="history">The log without impressions.</param>
/// <param name="quality">The cases of a window.</param>
/// <param name="seed">Seeds the samples.</param>
internal sealed class WindowCapture(ShopDataset dataset, Catalog catalog, ShopLog log, InteractionTable history, ShopQuality quality, int seed)
{
    private readonly ShopPlacements _placements = new(dataset.Target, catalog);

    /// <summary>How many cases of a window are asked at the most; drawn evenly.</summary>
    public int MaxCasesPerWindow { get; init; } = 8_000;

    /// <summary>How many lists of a placement and window are asked for at the most; drawn evenly.</summary>
    public int MaxListsPerWindow { get; init; } = 6_000;

    /// <summary>Where features are as they were served; null: all are replayed.</summary>
    public ExposureSource? Exposures { get; init; }

    /// <summary>Captures one window.</summary>
    /// <param name="bundle">The folder of a bundle that knows what is before the window.</param>
    /// <param name="from">When the window begins.</param>
    /// <param name="progress">Told the share that is done.</param>
    public CapturedWindow Capture(string bundle, DateTimeOffset from, IProgress<double> progress)
    {
        using var snapshot = BundleReader.Open(bundle, verify: false);
        var histories = new InMemoryUserHistoryStore();
        histories.Load(history.Before(from + dataset.Window), catalog);
        var training = new RankerTraining(_placements, snapshot, histories, seed);
        var rankers = RankerRecipe.Rankers(dataset);
        var lists = ReadLists([.. rankers.Where(r => r.Task is null).Select(r => r.Name)], from);
        var served = Exposures?.Read(lists, SnapshotFeatures.FittedFor(snapshot), from, from + dataset.Window);
        var (window, copies) = (new CapturedWindow(), new DetachedExamples());
        for (int i = 0; i < rankers.Length; i++)
        {
            var (name, task) = rankers[i];
            var part = new StepProgress<double>(done => progress.Report((i + done) / rankers.Length));
            if (task is null)
            {
                var replayed = served is null ? lists[name] : TakeServed(window, name, lists[name], served[name]);
                if (replayed.Count > 0) window.Add(name, copies.Of(training.FromImpressions(name, replayed, part))); // a shop may lack some of the placements
            }
            else
            {
                window.Add(name, copies.Of(training.FromNextEvents(ShopPlacements.Of(task), Sample(quality.Cases(task, from), MaxCasesPerWindow), part)));
            }
        }

        return window;
    }

    /// <summary>The lists of a window that rankers learn from, by placement: the log is read once for all of them.</summary>
    private Dictionary<string, IReadOnlyList<ImpressionList>> ReadLists(string[] placements, DateTimeOffset from)
    {
        var lists = (placements.Length == 0 ? [] : log.ReadImpressions(catalog, from, from + dataset.Window, placements)).ToLookup(l => l.Placement);
        return placements.ToDictionary(p => p, p => Sample([.. lists[p]], MaxListsPerWindow));
    }

    /// <summary>Takes the lists whose features were logged when they were served, and gives the others.</summary>
    private static IReadOnlyList<ImpressionList> TakeServed(CapturedWindow window, string placement, IReadOnlyList<ImpressionList> lists, ServedLists served)
    {
        foreach (var examples in served.Examples) window.Add(placement, examples);
        window.Served.Add(placement, served.Requests.Count);
        return [.. lists.Where(l => l.RequestId is null || !served.Requests.Contains(l.RequestId))];
    }

    /// <summary>An even, seeded sample in the original order.</summary>
    private IReadOnlyList<T> Sample<T>(IReadOnlyList<T> all, int most)
    {
        if (all.Count <= most) return all;
        int[] picks = [.. Enumerable.Range(0, all.Count)];
        new Random(seed).Shuffle(picks);
        return [.. picks.Take(most).Order().Select(i => all[i])];
    }
}
