using LineRec.Data;

namespace LineRec.Samples.Shop.Lists;

/// <summary>Splits a log's lists by whole sessions: those that begin before the split train, as far as they are before it; those that begin later test.</summary>
internal static class ListCases
{
    /// <summary>Reads the lists with a click; without one there is nothing to rank for. In order of time.</summary>
    public static (IReadOnlyList<ListCase> Training, IReadOnlyList<ListCase> Test) Read(ShopLog log, Catalog catalog, DateTimeOffset split)
    {
        var begins = Begins(log);
        long at = split.ToUnixTimeMilliseconds();
        ListCase[] cases = [.. log.ReadImpressions(catalog).Where(l => l.Clicked.Contains(true)).OrderBy(l => l.UnixMilliseconds).ThenBy(l => l.UserId, StringComparer.Ordinal).Select(CaseOf)];
        return ([.. cases.Where(c => c.Time < split)], [.. cases.Where(c => begins[c.UserId] >= at)]);
    }

    // A hotel that is shown twice in one list counts where it is first.
    private static ListCase CaseOf(ImpressionList list)
    {
        int[] kept = [.. Enumerable.Range(0, list.Count).DistinctBy(i => list.Rows[i])];
        return new ListCase(
            list.UserId,
            DateTimeOffset.FromUnixTimeMilliseconds(list.UnixMilliseconds),
            [.. kept.Select(i => list.Rows[i])],
            [.. kept.Select(i => list.Prices[i])],
            list.Rows[Array.IndexOf(list.Clicked, true)]);
    }

    private static Dictionary<string, long> Begins(ShopLog log)
    {
        var begins = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var batch in log.ReadEvents(EventColumns.None))
        {
            for (int i = 0; i < batch.Count; i++) begins[batch.UserIds[i]] = Math.Min(begins.GetValueOrDefault(batch.UserIds[i], long.MaxValue), batch.Times[i]);
        }

        return begins;
    }
}
