namespace LineRec.Samples.Shop.Lists;

/// <summary>Orders of a list that nothing has to be trained for.</summary>
/// <param name="history">What users did with items, impressions left out.</param>
/// <param name="popularity">How often each item was clicked in lists before the split.</param>
internal sealed class ListBaselines(InteractionTable history, int[] popularity)
{
    private readonly Dictionary<string, int> _users = history.UserIds.Index().ToDictionary(u => u.Item, u => u.Index, StringComparer.Ordinal);

    /// <summary>As it was shown.</summary>
    public static int[] DisplayOrder(ListCase list) => list.Rows;

    /// <summary>The most clicked first; ties by row, that is by id.</summary>
    public int[] Popularity(ListCase list) => [.. list.Rows.OrderByDescending(row => popularity[row]).ThenBy(row => row)];

    /// <summary>Items touched earlier in the session first, the latest first, then by popularity.</summary>
    public int[] TouchedBefore(ListCase list) => TouchedFirst(list, Popularity(list));

    /// <summary>Items touched earlier in the session first, the latest first, then as shown.</summary>
    public int[] TouchedThenDisplay(ListCase list) => TouchedFirst(list, list.Rows);

    /// <summary>How often each item was clicked in the given lists.</summary>
    public static int[] CountClicks(IEnumerable<ListCase> lists, int itemCount)
    {
        var counts = new int[itemCount];
        foreach (var list in lists) counts[list.ClickedRow]++;
        return counts;
    }

    private int[] TouchedFirst(ListCase list, int[] then)
    {
        if (!_users.TryGetValue(list.UserId, out int user)) return then;
        var latest = new Dictionary<int, int>();
        long now = list.Time.ToUnixTimeMilliseconds();
        for (int i = history.Offsets[user]; i < history.Offsets[user + 1] && history.Times[i] < now; i++) latest[history.Rows[i]] = i;
        return [.. then.OrderByDescending(row => latest.GetValueOrDefault(row, -1))]; // stable: the others stay in their order
    }
}
