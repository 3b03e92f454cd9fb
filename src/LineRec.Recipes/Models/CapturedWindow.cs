using LineRec.Training;

namespace LineRec.Recipes;

/// <summary>What rankers learn from of one window.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class CapturedWindow
{
    private readonly Dictionary<string, List<RankingExamples>> _examples = [];

    /// <summary>The examples of each ranker that has any: a set for each state of the features that lists were served with, and one of what was replayed.</summary>
    public IReadOnlyDictionary<string, List<RankingExamples>> Examples => _examples;

    /// <summary>How many lists of each placement were taken as they were served.</summary>
    public Dictionary<string, int> Served { get; init; } = [];

    public void Add(string ranker, RankingExamples examples)
    {
        if (!_examples.TryGetValue(ranker, out var sets)) _examples.Add(ranker, sets = []);
        sets.Add(examples);
    }

    /// <summary>The sets of a ranker, which aren't held here any longer.</summary>
    public IReadOnlyList<RankingExamples> Take(string ranker) => _examples.Remove(ranker, out var sets) ? sets : [];
}
