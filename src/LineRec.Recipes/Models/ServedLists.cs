using LineRec.Training;

namespace LineRec.Recipes;

/// <summary>The lists of a placement whose features were logged when they were served.</summary>
/// <param name="Examples">What a ranker learns from them: one set for each state of the features that they were served with.</param>
/// <param name="Requests">The lists' ids.</param>
internal sealed record ServedLists(IReadOnlyList<RankingExamples> Examples, IReadOnlySet<string> Requests);
