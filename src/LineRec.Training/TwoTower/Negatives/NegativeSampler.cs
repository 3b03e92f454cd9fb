namespace LineRec.Training;

/// <summary>
/// Draws items evenly and without doubles: consecutive slices of a permutation that is shuffled anew when it is used up.
/// </summary>
internal sealed class NegativeSampler(int[] items, Random random)
{
    private readonly int[] _items = [.. items];
    private int _next = items.Length;

    /// <summary>How many items there are to draw from.</summary>
    public int Count => _items.Length;

    /// <summary>The next items; all of them where so many or more are asked for.</summary>
    public ReadOnlySpan<int> Next(int count)
    {
        if (count >= _items.Length) return _items;
        if (_next + count > _items.Length)
        {
            random.Shuffle(_items);
            _next = 0;
        }

        _next += count;
        return _items.AsSpan(_next - count, count);
    }

    /// <summary>Names the permutation and the place in it; the source of randomness is its owner's.</summary>
    public void Exchange(TrainingState state)
    {
        state.Values("items", _items.AsSpan());
        state.Value("next", ref _next);
    }
}
