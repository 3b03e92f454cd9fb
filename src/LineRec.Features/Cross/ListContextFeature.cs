namespace LineRec.Features;

/// <summary>
/// A number's place within the list of candidates: its own log(1 + x) (mirrored for negative x), that less the list's mean, its distance from the list's mean in deviations, its
/// rank from the lowest as a share (0 the lowest, 1 the highest, equal values of equal rank), a flag for the lowest of all, and a flag for a missing value.
/// The number is a catalog column (a price), a source's score (a price as of the request), or a fitted column of the item block (which is taken
/// as it is, without a log).
/// </summary>
public sealed record ListContextFeature : CrossFeature
{
    /// <summary>The number column of the catalog; null where another is given.</summary>
    public string? Column { get; init; }

    /// <summary>The retriever whose score is the number; null where another is given.</summary>
    public string? Source { get; init; }

    /// <summary>The fitted column of the item block; null where another is given.</summary>
    public string? ItemColumn { get; init; }

    internal override CrossEncoding Compile(EncoderParts parts)
    {
        if (new[] { Column, Source, ItemColumn }.Count(v => v is not null) != 1) throw new ArgumentException("ListContextFeature needs one of Column, Source and ItemColumn.");
        var column = Column is null ? null : parts.Require<NumberColumn>(Column, nameof(ListContextFeature));
        int itemColumn = ItemColumn is null ? -1 : parts.FittedColumn(ItemColumn, nameof(ListContextFeature));
        string? source = Source;
        var items = parts.Fitted.Items;
        string name = $"list_{Column ?? Source ?? ItemColumn}";
        return new CrossEncoding([$"{name}_log", $"{name}_ratio", $"{name}_deviations", $"{name}_rank", $"{name}_lowest", $"{name}_missing"], (request, candidates, to) =>
        {
            int n = candidates.Count;
            var logs = request.Floats(n);
            int number = source is null ? -1 : candidates.FindSource(source);
            for (int i = 0; i < n; i++)
            {
                int row = candidates.Rows[i];
                logs[i] = itemColumn >= 0 ? items[row][itemColumn] : LogScale.Signed(column is not null ? column[row] : number >= 0 ? candidates.SourceScores(number)[i] : float.NaN);
            }

            Encode(logs, request.Keys(n), to);
        });
    }

    private static void Encode(Span<float> logs, Span<ulong> keys, CrossColumns to)
    {
        int known = 0;
        for (int i = 0; i < logs.Length; i++)
        {
            if (float.IsNaN(logs[i])) to[i, 5] = 1f;
            else keys[known++] = CandidateOrder.Key(-logs[i], i); // the lowest first
        }

        // Sums run in sorted order, so that they don't depend on the candidates' order.
        keys[..known].Sort();
        double sum = 0, squares = 0;
        for (int place = 0; place < known; place++) sum += logs[(int)(uint)keys[place]];
        double mean = known == 0 ? 0 : sum / known;
        for (int place = 0; place < known; place++)
        {
            double off = logs[(int)(uint)keys[place]] - mean;
            squares += off * off;
        }

        double deviation = known == 0 ? 0 : Math.Sqrt(squares / known);
        int rank = 0;
        for (int place = 0; place < known; place++)
        {
            if (place > 0 && keys[place] >> 32 != keys[place - 1] >> 32) rank = place;
            int i = (int)(uint)keys[place];
            float off = (float)(logs[i] - mean);
            to[i, 0] = logs[i];
            to[i, 1] = off;
            to[i, 2] = deviation > 1e-6 ? (float)(off / deviation) : 0f;
            to[i, 3] = known > 1 ? (float)rank / (known - 1) : 0f;
            to[i, 4] = rank == 0 ? 1f : 0f;
        }
    }
}
