using LineRec.Training;

namespace LineRec.Recipes;

/// <summary>What rankers learn from, of all windows.</summary>
/// <param name="windows">The windows, earlier ones first.</param>
internal sealed class RankerExamples(IReadOnlyList<CapturedWindow> windows)
{
    /// <summary>The rankers whose examples weren't taken yet.</summary>
    public IReadOnlyList<string> Rankers => [.. windows.SelectMany(w => w.Examples.Keys).Distinct()];

    /// <summary>Takes the examples of a ranker, windows one after the other: they aren't held here any longer.</summary>
    public RankingExamples Take(string ranker)
    {
        RankingExamples[] sets = [.. windows.SelectMany(w => w.Take(ranker))];
        var all = StackedExamples.Of(sets);
        foreach (var copied in sets.Where(s => !ReferenceEquals(s, all)))
        {
            copied.User?.Dispose(); // pinned, it would outlive the next collection; items' features are other rankers', too
            copied.Cross?.Dispose();
        }

        return all;
    }

    /// <summary>How many lists of each placement were taken as they were served; empty without exposures.</summary>
    public IReadOnlyDictionary<string, int> Served => windows.SelectMany(w => w.Served).GroupBy(s => s.Key, s => s.Value).ToDictionary(s => s.Key, s => s.Sum());
}
