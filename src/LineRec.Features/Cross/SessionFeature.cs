namespace LineRec.Features;

/// <summary>
/// What the user did with this very item in the session that goes on, on a scale of seconds: log(1 + events) and its share of the session's; log(1 + seconds)
/// since its newest and since its first event, and of dwelling on it (each of its events lasts until the next event of any item, the newest until now);
/// its place by newest event among the candidates, as 1 / (1 + place) and log(1 + place); log(1 + events) of the unbroken run on it that the session ends with;
/// a flag for carted or bought, one for being what was carted or bought last, and log(1 + its events since the session's newest cart or purchase);
/// a flag for not met in the session. Two columns are the same for all candidates: log(1 + candidates met in the session), and a flag for the newest event's item being a candidate.
/// </summary>
/// <remarks>
/// The session is the end of the history without a longer pause than <see cref="Pause"/>, the one until the request counted too.
/// Complements <see cref="OwnHistoryFeature"/>, whose scale is days. O(events + candidates), and n log n candidates.
/// </remarks>
public sealed record SessionFeature : CrossFeature
{
    private const int Events = 0, Share = 1, SinceNewest = 2, SinceFirst = 3, Dwell = 4, InversePlace = 5, LogPlace = 6, Run = 7, Carted = 8, CartedLast = 9, SinceCart = 10, Absent = 11, Met = 12, LastIsHere = 13;

    private static readonly string[] Names =
    [
        "session_events", "session_share", "session_since_newest", "session_since_first", "session_dwell", "session_inverse_place", "session_log_place", "session_run",
        "session_carted", "session_carted_last", "session_since_cart", "session_absent", "session_met", "session_last_is_here",
    ];

    /// <summary>The pause that ends a session, over zero. Default 30 minutes.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMinutes(30);

    internal override CrossEncoding Compile(EncoderParts parts)
    {
        if (Pause <= TimeSpan.Zero) throw new ArgumentException($"SessionFeature.Pause must be over zero; got {Pause}.");
        long pause = (long)Pause.TotalMilliseconds;
        return new CrossEncoding(Names, (request, candidates, to) => Encode(request, candidates, pause, to));
    }

    private static void Encode(EncodeScratch request, CandidateTable candidates, long pause, CrossColumns to)
    {
        var history = request.Context.History;
        ReadOnlySpan<int> rows = history.Rows;
        ReadOnlySpan<EventType> types = history.Types;
        ReadOnlySpan<long> times = history.Times;
        long now = request.Context.UnixMilliseconds;
        int n = candidates.Count, first = times.Length;
        for (long next = now; first > 0 && next - times[first - 1] <= pause; first--) next = times[first - 1];

        var numbers = request.Numbers(candidates.Rows);
        int events = 0, lastCarted = -1, lastRow = -1, run = 0;
        for (int i = first; i < times.Length; i++)
        {
            if (!HistorySummary.SaysOfItem(types[i])) continue;
            events++;
            run = rows[i] == lastRow ? run + 1 : 1;
            lastRow = rows[i];
            int at = numbers.Find(rows[i]);
            if (types[i] is EventType.Cart or EventType.Purchase)
            {
                for (int c = 0; c < n; c++) to[c, SinceCart] = 0f;
                lastCarted = at;
                if (at >= 0) to[at, Carted] = 1f;
            }
            else if (at >= 0)
            {
                to[at, SinceCart]++;
            }

            if (at < 0) continue;
            long until = i + 1 < times.Length ? times[i + 1] : now;
            if (to[at, Events]++ == 0f) to[at, SinceFirst] = Seconds(now - times[i]);
            to[at, SinceNewest] = Seconds(now - times[i]);
            to[at, Dwell] += (float)Math.Max(0, until - times[i]) / 1000f;
            to[at, LogPlace] = i;
        }

        Finish(request, to, n, events);
        int last = lastRow < 0 ? -1 : numbers.Find(lastRow);
        if (last >= 0) to[last, Run] = LogScale.Count(run);
        if (lastCarted >= 0) to[lastCarted, CartedLast] = 1f;
        for (int c = 0; last >= 0 && c < n; c++) to[c, LastIsHere] = 1f;
    }

    /// <summary>Places by newest event, and sums to their scales.</summary>
    private static void Finish(EncodeScratch request, CrossColumns to, int n, int events)
    {
        var keys = request.Keys(n);
        int met = 0;
        for (int c = 0; c < n; c++)
        {
            if (to[c, Events] > 0f) keys[met++] = CandidateOrder.Key(to[c, LogPlace], c); // the newest event first
            else to[c, Absent] = 1f;
        }

        keys[..met].Sort();
        for (int place = 0; place < met; place++)
        {
            int c = (int)(uint)keys[place];
            (to[c, InversePlace], to[c, LogPlace]) = (1f / (1f + place), LogScale.Count(place));
            to[c, Share] = to[c, Events] / events;
            to[c, Events] = MathF.Log(1f + to[c, Events]);
            to[c, Dwell] = MathF.Log(1f + to[c, Dwell]);
            to[c, SinceCart] = MathF.Log(1f + to[c, SinceCart]);
        }

        for (int c = 0; c < n; c++) to[c, Met] = LogScale.Count(met);
    }

    private static float Seconds(long milliseconds) => MathF.Log(1f + ((float)Math.Max(0, milliseconds) / 1000f));
}
