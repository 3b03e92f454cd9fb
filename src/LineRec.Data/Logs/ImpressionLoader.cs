namespace LineRec.Data;

/// <summary>Joins impressions to lists and to what came of them, in two passes.</summary>
internal static class ImpressionLoader
{
    public static IEnumerable<ImpressionList> Load(EventReader events, Catalog catalog, DateTimeOffset? from, DateTimeOffset? to, string? placement)
    {
        var window = new TimeWindow(from, to);
        var outcomes = ReadOutcomes(events, catalog, window);
        var open = new Dictionary<(string? Request, string? User, string? Placement, long Time), ImpressionListBuilder>();
        var ordered = new List<ImpressionListBuilder>();
        int group = 0;
        foreach (var batch in events.Read(EventColumns.Placement | EventColumns.Position | EventColumns.RequestId | EventColumns.Propensity | EventColumns.Price | EventColumns.AnchorItemId))
        {
            for (int i = 0; i < batch.Count; i++)
            {
                if (batch.Types[i] != EventType.Impression || !window.Contains(batch.Times[i])) continue;
                if (placement is not null && batch.Placements?[i] != placement) continue;
                if (!catalog.TryGetRow(batch.ItemIds[i]!, out int row)) continue;
                string? request = batch.RequestIds?[i];
                var key = request is null ? (null, batch.UserIds[i], batch.Placements?[i], batch.Times[i]) : (request, (string?)null, (string?)null, 0L);
                if (!open.TryGetValue(key, out var list))
                {
                    list = new ImpressionListBuilder(key, batch[i], catalog);
                    open.Add(key, list);
                    ordered.Add(list);
                }

                list.Add(row, batch[i]);
                list.LastGroup = group;
            }

            // Lists that this row group didn't touch are over.
            foreach (var list in ordered.Where(l => l.LastGroup < group))
            {
                open.Remove(list.Key);
                yield return list.Build(outcomes);
            }

            ordered.RemoveAll(l => l.LastGroup < group);
            group++;
        }

        foreach (var list in ordered) yield return list.Build(outcomes);
    }

    private static Dictionary<(string Request, int Row), ImpressionOutcome> ReadOutcomes(EventReader events, Catalog catalog, TimeWindow window)
    {
        var outcomes = new Dictionary<(string Request, int Row), ImpressionOutcome>();
        foreach (var batch in events.Read(EventColumns.RequestId))
        {
            if (batch.RequestIds is null) continue;
            for (int i = 0; i < batch.Count; i++)
            {
                var outcome = batch.Types[i] switch { EventType.Click => ImpressionOutcome.Clicked, EventType.Purchase => ImpressionOutcome.Purchased, _ => ImpressionOutcome.None };
                if (outcome == ImpressionOutcome.None || batch.RequestIds[i] is not { } request || !window.IsBeforeEnd(batch.Times[i])) continue;
                if (!catalog.TryGetRow(batch.ItemIds[i]!, out int row)) continue;
                outcomes[(request, row)] = outcomes.GetValueOrDefault((request, row)) | outcome;
            }
        }

        return outcomes;
    }
}
