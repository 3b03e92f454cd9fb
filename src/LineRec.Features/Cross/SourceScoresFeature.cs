namespace LineRec.Features;

/// <summary>
/// What each retriever says of the candidate, six columns a source: its score; the score over the largest magnitude among the
/// request's candidates (-1 to 1); 1 / (1 + rank) and log(1 + rank) of the score among the candidates, rank 0 the best and equal scores
/// of equal rank; and flags for a score that is missing and for having been proposed by it. A missing score leaves the first four 0.
/// </summary>
public sealed record SourceScoresFeature : CrossFeature
{
    private const int ColumnsPerSource = 6;

    /// <summary>The retrievers' names. One that a placement lacks has a missing score for every candidate.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    internal override CrossEncoding Compile(EncoderParts parts)
    {
        string[] sources = [.. Sources];
        return new CrossEncoding([.. sources.SelectMany(NamesOf)], (request, candidates, columns) =>
        {
            for (int s = 0; s < sources.Length; s++) Encode(request, candidates, columns, candidates.FindSource(sources[s]), s * ColumnsPerSource);
        });
    }

    private static string[] NamesOf(string source) =>
        [$"{source}_score", $"{source}_relative", $"{source}_inverse_rank", $"{source}_log_rank", $"{source}_missing", $"{source}_proposed"];

    private static void Encode(EncodeScratch request, CandidateTable candidates, CrossColumns columns, int source, int first)
    {
        int n = candidates.Count;
        if (source < 0)
        {
            for (int i = 0; i < n; i++) columns[i, first + 4] = 1f;
            return;
        }

        var scores = candidates.SourceScores(source);
        var origins = candidates.Origins;
        var keys = request.Keys(n);
        float largest = 0f;
        int known = 0;
        for (int i = 0; i < n; i++)
        {
            columns[i, first + 5] = (origins[i] >> source) & 1;
            if (!float.IsFinite(scores[i]))
            {
                columns[i, first + 4] = 1f;
                continue;
            }

            largest = Math.Max(largest, Math.Abs(scores[i]));
            keys[known++] = CandidateOrder.Key(scores[i], i);
        }

        keys[..known].Sort();
        int rank = 0;
        for (int place = 0; place < known; place++)
        {
            if (place > 0 && keys[place] >> 32 != keys[place - 1] >> 32) rank = place;
            int i = (int)(uint)keys[place];
            columns[i, first] = scores[i];
            columns[i, first + 1] = largest > 0f ? scores[i] / largest : 0f;
            columns[i, first + 2] = 1f / (1f + rank);
            columns[i, first + 3] = LogScale.Count(rank);
        }
    }
}
