namespace LineRec.Features;

/// <summary>
/// How much of the history shares the candidate's value of a text column (its category, brand or shop): the share of events, log(1 +
/// events), log(1 + purchases), log(1 + days) since the newest such event; flags for the last item's value being the same, for an anchor's
/// being the same, for a value never met, and for a missing one; and the share of events that fade with age by e in a month.
/// </summary>
public sealed record ShareFeature : CrossFeature
{
    /// <summary>The text column of the catalog.</summary>
    public required string Column { get; init; }

    /// <summary>For a path such as "toys/outdoor": how many of its parts count, 1 or more; 0 for all.</summary>
    public int Depth { get; init; }

    internal override CrossEncoding Compile(EncoderParts parts)
    {
        int number = parts.Grouping(Column, Depth, nameof(ShareFeature));
        var grouping = parts.Groupings[number];
        string name = Depth == 0 ? Column : $"{Column}{Depth}";
        string[] names = [$"{name}_share", $"{name}_events", $"{name}_purchases", $"{name}_days_since", $"{name}_as_last", $"{name}_as_anchor", $"{name}_new", $"{name}_missing", $"{name}_fading_share"];
        return new CrossEncoding(names, (request, candidates, to) =>
        {
            var rows = candidates.Rows;
            var anchors = request.Context.Anchors;
            var summary = request.Summary;
            int last = summary.LastRow < 0 ? -1 : grouping.Of(summary.LastRow);
            for (int i = 0; i < rows.Length; i++)
            {
                int group = grouping.Of(rows[i]);
                if (group < 0)
                {
                    to[i, 7] = 1f;
                    continue;
                }

                to[i, 4] = group == last ? 1f : 0f;
                foreach (int anchor in anchors)
                {
                    if (grouping.Of(anchor) == group) to[i, 5] = 1f;
                }

                if (!summary.TryGetGroup(number, group, out var use))
                {
                    to[i, 6] = 1f;
                    continue;
                }

                to[i, 0] = (float)use.Events / summary.EventCount;
                to[i, 1] = LogScale.Count(use.Events);
                to[i, 2] = LogScale.Count(use.Purchases);
                to[i, 3] = LogScale.Days(request.Context.UnixMilliseconds - use.LastTime);
                to[i, 8] = use.Decayed.After(summary.LastTime - use.LastTime).Middle / summary.Decayed.Middle; // the newest event alone makes that 1 or more
            }
        });
    }
}
