using LineRec.Data;
using LineRec.Preparation;

namespace LineRec.Bench.Preparation;

/// <summary>The same preparation in plain C#, on one thread and in memory: what one would write without an engine. Rows are computed in order, and not written.</summary>
internal static class PlainPreparation
{
    public static long Run(string query, PreparationLog log) => query switch
    {
        "placement_rates" => PlacementRates(log),
        "decayed_counts" => DecayedCounts(log),
        "sessions" => Sessions(log),
        _ => throw new ArgumentException($"There is no plain code for '{query}'."),
    };

    private static long PlacementRates(PreparationLog log)
    {
        var counts = new Dictionary<(string Item, string? Placement), long[]>();
        foreach (var batch in new EventReader(log.Events).Read(EventColumns.Placement))
        {
            for (int i = 0; i < batch.Count; i++)
            {
                if (batch.ItemIds[i] is not { } item) continue;
                var key = (item, batch.Placements?[i]);
                if (!counts.TryGetValue(key, out long[]? found)) counts.Add(key, found = new long[6]);
                found[(int)batch.Types[i]]++;
            }
        }

        double sum = 0;
        foreach (var (_, c) in counts.OrderBy(c => c.Key.Item, StringComparer.Ordinal).ThenBy(c => c.Key.Placement, StringComparer.Ordinal))
            sum += WilsonScore.Lower(Math.Min(c[1], c[0]), c[0]) + ((double)c[3] / Math.Max(1, c[1]));
        return double.IsFinite(sum) ? counts.Count : 0;
    }

    private static long DecayedCounts(PreparationLog log)
    {
        long asOf = log.AsOf.ToUnixTimeMilliseconds();
        double perMillisecond = -1 / PreparationDefaults.HalfLife.TotalMilliseconds;
        var counts = new Dictionary<string, double[]>();
        foreach (var batch in new EventReader(log.Events).Read(EventColumns.None))
        {
            for (int i = 0; i < batch.Count; i++)
            {
                if (batch.ItemIds[i] is not { } item || batch.Times[i] >= asOf) continue;
                if (!counts.TryGetValue(item, out double[]? found)) counts.Add(item, found = new double[6]);
                found[(int)batch.Types[i]] += double.Exp2((asOf - batch.Times[i]) * perMillisecond);
            }
        }

        return counts.OrderBy(c => c.Key, StringComparer.Ordinal).LongCount();
    }

    private static long Sessions(PreparationLog log)
    {
        long gap = (long)PreparationDefaults.SessionGap.TotalMilliseconds, sessions = 0;
        var events = new List<(string User, long Time, EventType Type, string? Item, string? Placement)>();
        foreach (var batch in new EventReader(log.Events).Read(EventColumns.Placement))
        {
            for (int i = 0; i < batch.Count; i++) events.Add((batch.UserIds[i], batch.Times[i], batch.Types[i], batch.ItemIds[i], batch.Placements?[i]));
        }

        events.Sort((a, b) =>
        {
            int order = string.CompareOrdinal(a.User, b.User);
            if (order == 0) order = a.Time.CompareTo(b.Time);
            if (order == 0) order = string.CompareOrdinal(EventTypeNames.Of(a.Type), EventTypeNames.Of(b.Type));
            if (order == 0) order = string.CompareOrdinal(a.Item, b.Item);
            return order == 0 ? string.CompareOrdinal(a.Placement, b.Placement) : order;
        });
        for (int i = 0; i < events.Count; i++)
        {
            if (i == 0 || events[i].User != events[i - 1].User || events[i].Time - events[i - 1].Time > gap) sessions++;
        }

        return sessions > 0 ? events.Count : 0;
    }
}
