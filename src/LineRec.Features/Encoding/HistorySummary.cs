namespace LineRec.Features;

/// <summary>
/// One user's history by item and by group, built in one pass over the events so that a candidate costs a look-up. Impressions and
/// searches say nothing of an item and are passed over. Buffers are reused from request to request.
/// </summary>
internal sealed class HistorySummary
{
    private readonly CodeGrouping[] _groupings;
    private readonly NumberColumn? _price;
    private readonly IntMap _items = new();
    private readonly IntMap[] _groups;
    private readonly GroupUse[][] _groupUses;
    private readonly int[] _typeCounts = new int[8];
    private ItemUse[] _uses = new ItemUse[64];
    private int _lastOrderDay;
    private double _logPrices;
    private int _priced;
    private bool _totalsOnly;

    internal HistorySummary(CodeGrouping[] groupings, NumberColumn? price)
    {
        (_groupings, _price) = (groupings, price);
        _groups = [.. groupings.Select(_ => new IntMap())];
        _groupUses = [.. groupings.Select(_ => new GroupUse[64])];
    }

    /// <summary>Events that say something of an item.</summary>
    internal int EventCount { get; private set; }

    internal int ItemCount => _items.Count;

    /// <summary>Σ over items of the days with a purchase, and how many items were bought.</summary>
    internal int PurchaseDays { get; private set; }

    internal int BoughtItems { get; private set; }

    /// <summary>Days with a purchase of any item.</summary>
    internal int OrderDays { get; private set; }

    /// <summary>The fading count of all events, as of <see cref="LastTime"/>.</summary>
    internal RecencyDecay Decayed { get; private set; }

    /// <summary>The newest event's time.</summary>
    internal long LastTime { get; private set; }

    /// <summary>The newest event's item, or -1.</summary>
    internal int LastRow { get; private set; }

    /// <summary>The mean of log(1 + price) over events; NaN where no price is known.</summary>
    internal float MeanLogPrice => _priced == 0 ? float.NaN : (float)(_logPrices / _priced);

    internal int CountOf(EventType type) => _typeCounts[(int)type];

    /// <summary>What the user did with an item.</summary>
    internal bool TryGet(int row, out ItemUse use)
    {
        int index = _items.Find(row);
        use = index < 0 ? default : _uses[index];
        return index >= 0;
    }

    /// <summary>What the user did with a group.</summary>
    internal bool TryGetGroup(int grouping, int group, out GroupUse use)
    {
        int index = group < 0 ? -1 : _groups[grouping].Find(group);
        use = index < 0 ? default : _groupUses[grouping][index];
        return index >= 0;
    }

    /// <summary>Reads a history. O(events × (1 + groupings)).</summary>
    /// <param name="history">The events, oldest first.</param>
    /// <param name="totalsOnly">Whether only totals over all items are asked for, as the user block does: nothing of groups, fading counts or ranks, which are most of the work.</param>
    internal void Build(UserHistory history, bool totalsOnly)
    {
        _totalsOnly = totalsOnly;
        ReadOnlySpan<int> rows = history.Rows;
        ReadOnlySpan<EventType> types = history.Types;
        ReadOnlySpan<long> times = history.Times;
        _items.Reset(rows.Length);
        if (_uses.Length < rows.Length) _uses = new ItemUse[Math.Max(rows.Length, _uses.Length * 2)];
        Array.Clear(_typeCounts);
        (EventCount, PurchaseDays, BoughtItems, OrderDays, LastRow, _logPrices, _priced) = (0, 0, 0, 0, -1, 0, 0);
        (Decayed, LastTime) = (default, 0);
        for (int g = 0; g < _groups.Length && !totalsOnly; g++)
        {
            _groups[g].Reset(rows.Length);
            if (_groupUses[g].Length < rows.Length) _groupUses[g] = new GroupUse[Math.Max(rows.Length, _groupUses[g].Length * 2)];
        }

        for (int i = 0; i < rows.Length; i++)
        {
            if ((byte)types[i] < _typeCounts.Length) _typeCounts[(int)types[i]]++;
            if (SaysOfItem(types[i])) Add(rows[i], types[i], times[i]);
        }

        if (totalsOnly) return;
        int rank = 0;
        for (int i = rows.Length - 1; i >= 0 && rank < _items.Count; i--)
        {
            if (!SaysOfItem(types[i])) continue;
            ref var use = ref _uses[_items.Find(rows[i])];
            if (use.RecencyRank < 0) use.RecencyRank = rank++;
        }
    }

    /// <summary>Whether events of a type tell what the user thinks of an item.</summary>
    internal static bool SaysOfItem(EventType type) => type is EventType.Click or EventType.Cart or EventType.Purchase or EventType.Favourite;

    private void Add(int row, EventType type, long time)
    {
        int known = _items.Count;
        int index = _items.FindOrAdd(row);
        ref var use = ref _uses[index];
        if (index == known) use = new ItemUse { RecencyRank = -1 };
        EventCount++;
        if (!_totalsOnly)
        {
            Decayed = Decayed.After(time - LastTime).PlusOne();
            use.Decayed = use.Decayed.After(time - use.LastTime).PlusOne();
            AddToGroups(row, type, time);
        }

        (LastRow, LastTime) = (row, time);
        use.Events++;
        use.LastTime = time;
        if (type == EventType.Click) use.Clicks++;
        else if (type == EventType.Cart) use.Carts++;
        else if (type == EventType.Favourite) use.Favourites++;
        else AddPurchase(ref use, time);

        float price = _price is null ? float.NaN : LogScale.Signed(_price[row]);
        if (float.IsNaN(price)) return;
        _logPrices += price;
        _priced++;
    }

    private void AddToGroups(int row, EventType type, long time)
    {
        for (int g = 0; g < _groupings.Length; g++)
        {
            int group = _groupings[g].Of(row);
            if (group < 0) continue;
            int groups = _groups[g].Count;
            int at = _groups[g].FindOrAdd(group);
            ref var groupUse = ref _groupUses[g][at];
            if (at == groups) groupUse = default;
            groupUse.Decayed = groupUse.Decayed.After(time - groupUse.LastTime).PlusOne();
            groupUse.Events++;
            groupUse.LastTime = time;
            if (type == EventType.Purchase) groupUse.Purchases++;
        }
    }

    private void AddPurchase(ref ItemUse use, long time)
    {
        int day = LogScale.DayOf(time);
        if (OrderDays == 0 || day != _lastOrderDay)
        {
            OrderDays++;
            _lastOrderDay = day;
        }

        use.Purchases++;
        use.LastPurchase = time;
        use.LastOrder = OrderDays;
        if (use.PurchaseDays == 0)
        {
            BoughtItems++;
            use.FirstPurchaseDay = day;
            use.FirstOrder = OrderDays;
        }
        else if (day == use.LastPurchaseDay)
        {
            return;
        }
        else
        {
            double gap = day - use.LastPurchaseDay;
            use.SquaredGaps += gap * gap;
        }

        use.PurchaseDays++;
        PurchaseDays++;
        use.LastPurchaseDay = day;
    }
}
