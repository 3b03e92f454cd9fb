namespace LineRec.Features;

/// <summary>
/// How far the candidate is, in a list's order, from the item of the list that the user met last: signed log(1 + places), flags for the place just
/// after and the place just before, and a flag where the user met none of the list or the candidate isn't in it. The order is that of a
/// source's scores; it is an input that depends on positions, so it is right where the list is shown before it is ranked (a results page), and wrong where the ranker makes the list.
/// </summary>
public sealed record ListDistanceFeature : CrossFeature
{
    /// <summary>The retriever whose scores, descending (ties by row), give the list's order.</summary>
    public required string Source { get; init; }

    internal override CrossEncoding Compile(EncoderParts parts)
    {
        string source = Source;
        string name = $"list_{source}";
        return new CrossEncoding([$"{name}_distance", $"{name}_after", $"{name}_before", $"{name}_distance_missing"], (request, candidates, to) => Encode(request, candidates, candidates.FindSource(source), to));
    }

    private static void Encode(EncodeScratch request, CandidateTable candidates, int source, CrossColumns to)
    {
        int n = candidates.Count, known = 0, newest = int.MaxValue, origin = -1;
        var keys = request.Keys(n);
        var order = request.Integers(n);
        var rows = candidates.Rows;
        for (int i = 0; i < n; i++)
        {
            to[i, 3] = 1f;
            if (source < 0 || !float.IsFinite(candidates.SourceScores(source)[i])) continue;
            keys[known] = CandidateOrder.Key(candidates.SourceScores(source)[i], rows[i]);
            order[known++] = i;
        }

        keys[..known].Sort(order[..known]);
        for (int place = 0; place < known; place++)
        {
            if (request.Summary.TryGet(rows[order[place]], out var use) && use.RecencyRank < newest) (newest, origin) = (use.RecencyRank, place);
        }

        if (origin < 0) return;
        for (int place = 0; place < known; place++)
        {
            int i = order[place], distance = place - origin;
            to[i, 0] = Math.Sign(distance) * LogScale.Count(Math.Abs(distance));
            to[i, 1] = distance == 1 ? 1f : 0f;
            to[i, 2] = distance == -1 ? 1f : 0f;
            to[i, 3] = 0f;
        }
    }
}
