namespace LineRec.Data;

/// <summary>Joins impressions to lists and to what came of them, in two passes.</summary>
internal static class ImpressionLoader
{
    private const EventColumns Columns =
        EventColumns.Placement | EventColumns.Position | EventColumns.RequestId | EventColumns.Propensity | EventColumns.Price | EventColumns.AnchorItemId;

    public static IEnumerable<ImpressionList> Load(EventReader events, Catalog catalog, DateTimeOffset? from, DateTimeOffset? to, IReadOnlyCollection<string>? placements)
    {
        var window = new TimeWindow(from, to);
        var wanted = placements?.ToHashSet();
        var outcomes = ReadOutcomes(events, catalog, window);
        var open = new Dictionary<ImpressionListKey, ImpressionListBuilder>();
        var ordered = new List<ImpressionListBuilder>();
        int group = 0;
        foreach (var batch in events.ReadWindow(Columns, window))
        {
            if (!batch.Times.Any(window.Contains)) continue; // as if its footer had said so
            Collect(batch, catalog, window, wanted, group, open, ordered);

            // Lists that this row group didn't touch are over.
            foreach (var list in ordered)
            {
                if (list.LastGroup == group) continue;
                open.Remove(list.Key);
                yield return list.Build(outcomes);
            }

            ordered.RemoveAll(l => l.LastGroup < group);
            group++;
        }

        foreach (var list in ordered) yield return list.Build(outcomes);
    }

    private static void Collect(
        EventBatch batch, Catalog catalog, TimeWindow window, HashSet<string>? wanted, int group, Dictionary<ImpressionListKey, ImpressionListBuilder> open, List<ImpressionListBuilder> ordered)
    {
        ImpressionListBuilder? last = null;
        for (int i = 0; i < batch.Count; i++)
        {
            if (batch.Types[i] != EventType.Impression || !window.Contains(batch.Times[i])) continue;
            string? where = batch.Placements?[i], request = batch.RequestIds?[i];
            if (wanted is not null && (where is null || !wanted.Contains(where))) continue;
            if (!catalog.TryGetRow(batch.ItemIds[i]!, out int row)) continue;

            // A list's impressions mostly follow each other, and a row group's equal ids are one string.
            if (last is null || request is null || !ReferenceEquals(last.Key.Request, request) || last.Key.Placement != where)
            {
                var key = request is null ? new ImpressionListKey(where, null, batch.UserIds[i], batch.Times[i]) : new ImpressionListKey(where, request, null, 0);
                if (!open.TryGetValue(key, out last))
                {
                    int anchor = -1;
                    if (batch.AnchorItemIds?[i] is { } id) catalog.TryGetRow(id, out anchor);
                    open.Add(key, last = new ImpressionListBuilder(key, batch.UserIds[i], batch.Times[i], anchor));
                    ordered.Add(last);
                }

                last.LastGroup = group;
            }

            last.Add(row, batch.Positions?[i] ?? 0, batch.Prices?[i] ?? float.NaN, batch.Propensities?[i] ?? float.NaN);
        }
    }

    private static Dictionary<(string Request, int Row), ImpressionOutcome> ReadOutcomes(EventReader events, Catalog catalog, TimeWindow window)
    {
        var outcomes = new Dictionary<(string Request, int Row), ImpressionOutcome>();
        var (items, requests) = (new ItemRows(catalog), new TextPool());
        foreach (string file in events.Files)
        {
            using var table = ParquetTable.Open(file);
            if (table.Find(EventFields.RequestId) is not { } field) continue;
            var decoder = new EventDecoder(table);
            for (int group = 0; group < table.RowGroupCount; group++)
            {
                if (!decoder.MayHold(group, window)) continue;
                var types = decoder.Types(group);
                if (!types.Any(t => t is EventType.Click or EventType.Purchase)) continue;
                requests.Clear();
                int[] requestCodes = table.ReadCodes(group, field, requests), itemCodes = decoder.Items(group, items.Pool, types);
                long[] times = decoder.Times(group);
                for (int i = 0; i < types.Length; i++)
                {
                    var outcome = types[i] switch { EventType.Click => ImpressionOutcome.Clicked, EventType.Purchase => ImpressionOutcome.Purchased, _ => ImpressionOutcome.None };
                    if (outcome == ImpressionOutcome.None || requestCodes[i] < 0 || !window.Contains(times[i])) continue;
                    int row = items.RowOf(itemCodes[i]);
                    if (row < 0) continue;
                    var key = (requests[requestCodes[i]], row);
                    outcomes[key] = outcomes.GetValueOrDefault(key) | outcome;
                }
            }
        }

        return outcomes;
    }
}
