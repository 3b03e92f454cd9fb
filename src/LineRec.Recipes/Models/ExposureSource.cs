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
    private (DateTimeOffset From, DateTimeOffset To, RequestOutcomes Outcomes)? _read;

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

    /// <summary>The examples of those lists of a placement whose features were logged when they were served.</summary>
    /// <param name="placement">The placement.</param>
    /// <param name="lists">The lists.</param>
    /// <param name="like">The features that the others' examples are encoded with.</param>
    /// <param name="from">When the window begins.</param>
    /// <param name="to">When it ends: what happens later isn't seen.</param>
    /// <returns>The examples, and the ids of the lists that they hold.</returns>
    public (IReadOnlyList<RankingExamples> Examples, IReadOnlySet<string> Requests) Read(string placement, IReadOnlyList<ImpressionList> lists, FittedFeatures like, DateTimeOffset from, DateTimeOffset to)
    {
        var wanted = lists.Select(l => l.RequestId).OfType<string>().ToHashSet();
        var byState = _reader.Read(from, to, placement).Where(e => e.FeatureState is not null && wanted.Contains(e.RequestId)).GroupBy(e => e.FeatureState!).ToList();
        var (examples, requests) = (new List<RankingExamples>(), new HashSet<string>());
        if (byState.Count == 0) return (examples, requests);
        var outcomes = Outcomes(from, to);
        foreach (var served in byState)
        {
            if (Find(served.Key) is not { } bundle) continue;
            using var snapshot = BundleReader.Open(bundle, verify: false);
            var encoder = SnapshotFeatures.EncoderFor(snapshot);
            if (!encoder.Fitted.EncodesLike(like)) continue;
            var whole = served.Where(e => e.UserFeatures?.Length == encoder.UserWidth && e.CrossWidth == encoder.CrossWidth).ToList();
            if (whole.Count == 0) continue;
            examples.Add(StackedExamples.Detach(LoggedExamples.Read(whole, outcomes, encoder, snapshot.Catalog).Examples));
            requests.UnionWith(whole.Select(e => e.RequestId));
        }

        return (examples, requests);
    }

    // A pass over the log, which a window's placements share.
    private RequestOutcomes Outcomes(DateTimeOffset from, DateTimeOffset to)
    {
        if (_read is not { } read || (read.From, read.To) != (from, to)) _read = read = (from, to, RequestOutcomes.Read(log.Events, from, to));
        return read.Outcomes;
    }

    // By what the registry says, not by looking into each bundle.
    private string? Find(string state) => BundleRegistry.Read(bundles).Bundles.Where(b => b.Lineage?.Spec == state)
        .Select(b => Path.Combine(bundles, b.Version)).FirstOrDefault(Directory.Exists);
}
