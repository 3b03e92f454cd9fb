namespace LineRec.Rerank;

/// <summary>Exchanges items of the slate for items beneath it, the slate's last for the best beneath, and keeps the share of new items within its bounds where that is possible.</summary>
internal ref struct SlateExchange
{
    private readonly RequestContext _context;
    private readonly FreshnessReRanker? _freshness;
    private readonly FreshnessBounds _bounds;
    private readonly ReadOnlySpan<int> _rows;
    private readonly int _size;
    private readonly Span<int> _order;
    private readonly Span<int> _codes;
    private int _fresh;

    /// <summary>Starts on an order in which place i holds candidate i.</summary>
    public SlateExchange(RequestContext context, ReadOnlySpan<int> rows, int size, Span<int> order, Span<int> codes, FreshnessReRanker? freshness)
    {
        (_context, _size, _freshness) = (context, size, freshness);
        _rows = rows;
        _order = order;
        _codes = codes;
        if (freshness is null) return;
        _bounds = freshness.BoundsOf(size);
        for (int i = 0; i < size; i++) _fresh += Fresh(i);
    }

    /// <summary>Exchanges one item of a value for one of another value or none; the swapped-out one is marked by leaving its place's candidate in the lower place.</summary>
    /// <param name="value">The value to have fewer of.</param>
    /// <param name="depth">How deep the other may stand.</param>
    /// <returns>False where there is no other.</returns>
    public bool TrySwap(int value, int depth)
    {
        int down = LastInSlate(value, fresh: null), up = FirstBeneath(value, depth, fresh: null);
        if (down < 0 || up < 0) return false;
        if (_freshness is not null)
        {
            int change = Fresh(_order[up]) - Fresh(_order[down]);
            if (!_bounds.AllowsChange(_fresh, _fresh + change))
            {
                // Like for like: rather another item down, or another one up, than a share out of its bounds.
                bool wasNew = change < 0;
                int otherDown = LastInSlate(value, fresh: !wasNew), otherUp = FirstBeneath(value, depth, fresh: wasNew);
                if (otherUp >= 0 && !wasNew) up = otherUp;
                else if (otherDown >= 0) down = otherDown;
                else if (otherUp >= 0) up = otherUp;
            }

            _fresh += Fresh(_order[up]) - Fresh(_order[down]);
        }

        (_order[down], _order[up]) = (_order[up], _order[down]);
        (_codes[down], _codes[up]) = (_codes[up], _codes[down]);
        return true;
    }

    /// <summary>Puts the slate and what is beneath it each back into the order of the ranking.</summary>
    public readonly void Complete()
    {
        _order[.._size].Sort(_codes[.._size]);
        _order[_size..].Sort(_codes[_size..]);
    }

    private readonly int Fresh(int candidate) => _freshness!.IsNew(_context, _rows[candidate]) ? 1 : 0;

    private readonly int LastInSlate(int value, bool? fresh)
    {
        for (int i = _size - 1; i >= 0; i--)
        {
            if (_codes[i] == value && (fresh is null || fresh == (Fresh(_order[i]) == 1))) return i;
        }

        return -1;
    }

    private readonly int FirstBeneath(int value, int depth, bool? fresh)
    {
        for (int i = _size; i < depth; i++)
        {
            if (_codes[i] != value && (fresh is null || fresh == (Fresh(_order[i]) == 1))) return i;
        }

        return -1;
    }
}
