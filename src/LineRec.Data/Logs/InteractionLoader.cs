namespace LineRec.Data;

/// <summary>Groups streamed events by user: growing columns first, then one counting sort.</summary>
internal static class InteractionLoader
{
    public static InteractionTable Load(IReadOnlyList<string> files, Catalog catalog, IReadOnlyCollection<EventType> types, DateTimeOffset? from, DateTimeOffset? to, IReadOnlySet<string>? only)
    {
        var wanted = new bool[256];
        foreach (var type in types) wanted[(int)type] = true;
        var window = new TimeWindow(from, to);
        var (users, items) = (new TextPool(), new ItemRows(catalog));
        var isAsked = new List<bool>();
        var (userCodes, rows, kinds, times) = (new List<int>(), new List<int>(), new List<EventType>(), new List<long>());
        foreach (string file in files)
        {
            using var table = ParquetTable.Open(file);
            var decoder = new EventDecoder(table);
            for (int group = 0; group < table.RowGroupCount; group++)
            {
                if (!decoder.MayHold(group, window)) continue;
                var groupTypes = decoder.Types(group);
                if (!groupTypes.Any(t => wanted[(int)t])) continue;
                int[] groupUsers = decoder.Users(group, users), groupItems = decoder.Items(group, items.Pool, groupTypes);
                long[] groupTimes = decoder.Times(group);
                for (int i = 0; i < groupTypes.Length; i++)
                {
                    if (!wanted[(int)groupTypes[i]] || !window.Contains(groupTimes[i]) || !IsAsked(groupUsers[i])) continue;
                    int row = items.RowOf(groupItems[i]);
                    if (row < 0) continue;
                    userCodes.Add(groupUsers[i]);
                    rows.Add(row);
                    kinds.Add(groupTypes[i]);
                    times.Add(groupTimes[i]);
                }
            }
        }

        return Group(users, userCodes, rows, kinds, times);

        bool IsAsked(int user)
        {
            if (only is null) return true;
            while (isAsked.Count <= user) isAsked.Add(only.Contains(users[isAsked.Count]));
            return isAsked[user];
        }
    }

    private static InteractionTable Group(TextPool users, List<int> userCodes, List<int> rows, List<EventType> types, List<long> times)
    {
        // Only users with an event that is kept; the pool holds those of every event read.
        var counts = new int[users.Count];
        foreach (int user in userCodes) counts[user]++;
        int[] codes = [.. Enumerable.Range(0, counts.Length).Where(user => counts[user] > 0)];
        string[] ids = [.. codes.Select(code => users[code])];
        Array.Sort(ids, codes, StringComparer.Ordinal);

        var offsets = new int[ids.Length + 1];
        var next = new int[counts.Length];
        for (int user = 0; user < ids.Length; user++)
        {
            next[codes[user]] = offsets[user];
            offsets[user + 1] = offsets[user] + counts[codes[user]];
        }

        var (byUserRows, byUserTypes, byUserTimes) = (new int[rows.Count], new EventType[rows.Count], new long[rows.Count]);
        for (int i = 0; i < userCodes.Count; i++)
        {
            int to = next[userCodes[i]]++;
            (byUserRows[to], byUserTypes[to], byUserTimes[to]) = (rows[i], types[i], times[i]);
        }

        for (int user = 0; user < ids.Length; user++) SortByTime(byUserRows, byUserTypes, byUserTimes, offsets[user], offsets[user + 1]);
        return new InteractionTable(ids, offsets, byUserRows, byUserTypes, byUserTimes);
    }

    private static void SortByTime(int[] rows, EventType[] types, long[] times, int start, int end)
    {
        bool sorted = true;
        for (int i = start + 1; i < end && sorted; i++) sorted = times[i - 1] <= times[i];
        if (sorted) return;

        // Ties keep the file's order, so that the table doesn't depend on the sort's ways.
        var keys = new (long Time, int Place)[end - start];
        for (int i = 0; i < keys.Length; i++) keys[i] = (times[start + i], start + i);
        Array.Sort(keys);
        int[] sortedRows = [.. keys.Select(k => rows[k.Place])];
        EventType[] sortedTypes = [.. keys.Select(k => types[k.Place])];
        for (int i = 0; i < keys.Length; i++) (rows[start + i], types[start + i], times[start + i]) = (sortedRows[i], sortedTypes[i], keys[i].Time);
    }
}
