namespace LineRec.Rerank;

/// <summary>
/// Orders the slate so that no two neighbours have the same value of a column, with as few changes as that takes. First: who is in it. No
/// value can fill more than every second place, so where one has more, its last items make room for the best others, and only for as many
/// as needed. Then: in which order. From the top, each place takes the best item left that differs from the one above, unless a
/// value that is left so often must come now for the rest to work out.
/// </summary>
/// <remarks>
/// Thread-safe. O(candidates + slate²), no allocation. Items without a value clash with nothing. Where the candidates don't allow it, the
/// slate has the fewest clashes that they do allow, at its end, and no item is lost. A share of new items that <see cref="FreshnessReRanker"/>
/// set is kept where possible: new items are then exchanged for new ones. It holds through re-rankers of this package that come later;
/// of several no-adjacent rules the last one holds for sure.
/// </remarks>
public sealed class NoAdjacentReRanker : IReRanker
{
    private readonly TextColumn _column;
    private readonly int _maxDepth;

    /// <summary>Creates the re-ranker.</summary>
    /// <param name="column">The column whose values must differ between neighbours.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public NoAdjacentReRanker(TextColumn column, NoAdjacentOptions? options = null)
    {
        options ??= new NoAdjacentOptions();
        options.Validate();
        (_column, _maxDepth) = (column, options.MaxDepth ?? int.MaxValue);
    }

    /// <inheritdoc/>
    public ValueTask ReRankAsync(RequestContext context, CandidateTable candidates, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);
        var rules = SlateRules.Of(context);
        rules.Add(this);
        rules.Settle(context, candidates);
        return ValueTask.CompletedTask;
    }

    internal void Arrange(RequestContext context, CandidateTable candidates, Span<int> order, Span<int> codes, FreshnessReRanker? freshness)
    {
        var rows = candidates.Rows;
        int size = Math.Min(context.Take, rows.Length);
        var column = _column.Codes;
        for (int i = 0; i < rows.Length; i++) (order[i], codes[i]) = (i, column[rows[i]]);
        if (!HasClash(codes[..size])) return;
        Exchange(context, rows, size, order, codes, freshness);
        Alternate(order[..size], codes[..size]);
        candidates.Reorder(order);
    }

    private static bool HasClash(ReadOnlySpan<int> codes)
    {
        for (int i = 1; i < codes.Length; i++)
        {
            if (codes[i] >= 0 && codes[i] == codes[i - 1]) return true;
        }

        return false;
    }

    /// <summary>Brings the value that has more than every second place down to that, by exchanging its last items for the best others beneath the slate.</summary>
    private void Exchange(RequestContext context, ReadOnlySpan<int> rows, int size, Span<int> order, Span<int> codes, FreshnessReRanker? freshness)
    {
        int value = Majority.Find(codes[..size], out int count);
        int surplus = count - ((size + 1) / 2);
        if (surplus <= 0) return;
        var swaps = new SlateExchange(context, rows, size, order, codes, freshness);
        for (; surplus > 0; surplus--)
        {
            if (!swaps.TrySwap(value, Math.Min(_maxDepth, rows.Length))) break;
        }

        swaps.Complete();
    }

    /// <summary>Orders the slate's members: the best that differs from the one above, or the majority value when it can't wait.</summary>
    private static void Alternate(Span<int> order, Span<int> codes)
    {
        // Unavoidable clashes: a value at c of n places has c - 1 gaps, and n - c others to fill them. No clash is taken that isn't.
        _ = Majority.Find(codes, out int count);
        int clashes = Math.Max(0, (2 * count) - codes.Length - 1);
        int last = -1;
        for (int place = 0; place < codes.Length; place++)
        {
            var left = codes[place..];
            int majority = Majority.Find(left, out count);
            bool mustCome = majority >= 0 && majority != last && (2 * count) - left.Length > clashes;
            int pick = mustCome ? left.IndexOf(majority) : FirstOther(left, last);
            if (pick < 0) (pick, clashes) = (0, Math.Max(0, clashes - 1));
            MoveUp(order[place..], pick);
            MoveUp(left, pick);
            last = left[0];
        }
    }

    private static int FirstOther(ReadOnlySpan<int> codes, int last)
    {
        for (int i = 0; i < codes.Length; i++)
        {
            if (codes[i] != last || last < 0) return i;
        }

        return -1;
    }

    private static void MoveUp(Span<int> values, int from)
    {
        int value = values[from];
        values[..from].CopyTo(values[1..]);
        values[0] = value;
    }
}
