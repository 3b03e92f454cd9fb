using LineRec.Data;
using LineRec.Features;
using LineRec.Training;

namespace LineRec.Recipes;

/// <summary>
/// What hosts logged while they served: rankers learn from the features that were served, to the bit, instead of from a replay. Which bundle answered is told by the
/// state of its features; one whose features were declared otherwise, or that isn't there any more, is left to the replay.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
/// <param name="exposures">The compacted exposure log's folder.</param>
/// <param name="log">The log, for what came of the exposures.</param>
/// <param name="bundles">The root of the bundles that answered.</param>
internal sealed class ExposureSource(string exposures, ShopLog log, string bundles)
{
    private readonly ExposureReader _reader = new(exposures);

    /// <summary>The hash of the exposures of some days.</summary>
    /// <param name="exposures">The compacted exposure log's folder.</param>
    /// <param name="from">The first day's midnight.</param>
    /// <param name="to">Midnight after the last day.</param>
    /// <exception cref="RecipeException">There is no such folder.</exception>
    public static string Fingerprint(string exposures, DateTimeOffset from, DateTimeOffset to)
    {
        if (!Directory.Exists(exposures)) throw new RecipeException(RecipeFault.Input, $"There is no folder '{exposures}'. Compact what hosts wrote into it ('linerec exposures compact'), or leave --exposures out.");
        var (first, last) = (DateOnly.FromDateTime(from.UtcDateTime), DateOnly.FromDateTime(to.UtcDateTime));
        var files = new ExposureReader(exposures).Files.Where(f => LogFingerprint.DateOf(f) is not { } day || (day >= first && day < last));
        return FileFingerprint.Of(files.Select(f => KeyValuePair.Create(Path.GetRelativePath(exposures, f).Replace('\\', '/'), FileFingerprint.Of(f))));
    }

    /// <summary>The examples of those lists whose features were logged when they were served. One pass over the exposures, and one over the log's window for what came of them.</summary>
    /// <param name="lists">The lists by placement.</param>
    /// <param name="like">The features that the others' examples are encoded with.</param>
    /// <param name="from">When the window begins.</param>
    /// <param name="to">When it ends: what happens later isn't seen.</param>
    /// <returns>For each of the placements what was served of its lists.</returns>
    /// <remarks>Memory: the exposures of the lists, and then their examples.</remarks>
    public IReadOnlyDictionary<string, ServedLists> Read(IReadOnlyDictionary<string, IReadOnlyList<ImpressionList>> lists, FittedFeatures like, DateTimeOffset from, DateTimeOffset to)
    {
        var wanted = lists.ToDictionary(l => l.Key, l => l.Value.Select(list => list.RequestId).OfType<string>().ToHashSet());
        var served = _reader.Read(from, to).Where(e => e.FeatureState is not null && wanted.TryGetValue(e.Placement, out var ids) && ids.Contains(e.RequestId)).ToLookup(e => e.Placement);
        if (served.Count == 0) return lists.ToDictionary(l => l.Key, _ => new ServedLists([], new HashSet<string>()));
        var outcomes = RequestOutcomes.Read(log.Events, from, to);
        using var serving = new ServingBundles(bundles, like);
        var copies = new DetachedExamples();
        return lists.Keys.ToDictionary(p => p, p => Join(served[p], outcomes, serving, copies));
    }

    private static ServedLists Join(IEnumerable<Exposure> exposures, RequestOutcomes outcomes, ServingBundles serving, DetachedExamples copies)
    {
        var (examples, requests) = (new List<RankingExamples>(), new HashSet<string>());
        foreach (var served in exposures.GroupBy(e => e.FeatureState!))
        {
            if (serving.Find(served.Key) is not { } snapshot) continue;
            var encoder = SnapshotFeatures.EncoderFor(snapshot);
            var whole = served.Where(e => e.UserFeatures?.Length == encoder.UserWidth && e.CrossWidth == encoder.CrossWidth).ToList();
            if (whole.Count == 0) continue;
            examples.Add(copies.Of(LoggedExamples.Read(whole, outcomes, encoder, snapshot.Catalog).Examples));
            requests.UnionWith(whole.Select(e => e.RequestId));
        }

        return new ServedLists(examples, requests);
    }
}
