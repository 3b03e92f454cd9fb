namespace LineRec.Training;

/// <summary>A batch's hard negatives: each example's own, beside the candidates that all share. See <see cref="HardNegativeOptions"/>.</summary>
/// <param name="options">How many, and from which ranks.</param>
/// <param name="events">All events.</param>
/// <param name="itemCount">How many items there are.</param>
/// <param name="to">The end of the time that may be known, in milliseconds since 1970.</param>
/// <remarks>Not thread-safe. Buffers are reused from step to step.</remarks>
internal sealed class HardNegatives(HardNegativeOptions options, InteractionTable events, int itemCount, long to)
{
    private readonly int[] _placeOf = [.. Enumerable.Repeat(-1, itemCount)]; // of an item in Items, or -1
    private readonly HashSet<int> _chosen = [];
    private readonly List<int> _window = [];

    /// <summary>How many each example has; those that it lacks are masked.</summary>
    public int PerExample => options.Count;

    /// <summary>The distinct items of all examples' hard negatives.</summary>
    public List<int> Items { get; } = [];

    /// <summary>The examples' hard negatives [examples, PerExample], as places in <see cref="Items"/>.</summary>
    public List<long> Places { get; } = [];

    /// <summary>The logarithm of how often an example's hard negatives are expected, an example.</summary>
    public List<float> LogExpected { get; } = [];

    /// <summary>Draws them for a batch that was just filled.</summary>
    /// <param name="batch">The batch; the rest of each example's window is masked among its candidates.</param>
    /// <param name="nearest">[examples, count] items, nearest first, distinct; -1 for none.</param>
    /// <param name="count">How many there are an example.</param>
    /// <param name="random">Draws.</param>
    public void Draw(TwoTowerBatch batch, ReadOnlySpan<int> nearest, int count, Random random)
    {
        foreach (int item in Items) _placeOf[item] = -1;
        Items.Clear();
        Places.Clear();
        LogExpected.Clear();
        for (int example = 0; example < batch.Count; example++)
        {
            FindWindow(batch.Users[example], nearest.Slice(example * count, count));
            int drawn = Math.Min(PerExample, _window.Count);
            LogExpected.Add(batch.IsCorrected && drawn > 0 ? (float)Math.Log((double)drawn / _window.Count) : 0f);
            foreach (int item in _window) batch.Mask(item, example); // the drawn ones stand for all of them
            for (int i = 0; i < PerExample; i++)
            {
                if (i >= drawn)
                {
                    batch.MaskColumn(batch.Candidates.Count + i, example);
                    Places.Add(PlaceOf(batch.Candidates[0])); // some item
                    continue;
                }

                int at = random.Next(i, _window.Count);
                (_window[i], _window[at]) = (_window[at], _window[i]);
                Places.Add(PlaceOf(_window[i]));
            }
        }
    }

    // The nearest items that the user had no event with, without the first ones.
    private void FindWindow(int user, ReadOnlySpan<int> nearest)
    {
        _chosen.Clear();
        for (int at = events.Offsets[user]; at < events.Offsets[user + 1] && events.Times[at] < to; at++) _chosen.Add(events.Rows[at]);
        _window.Clear();
        int passed = 0;
        foreach (int item in nearest)
        {
            if (item < 0 || _chosen.Contains(item) || passed++ < options.Skip) continue;
            if (_window.Count == options.Window) break;
            _window.Add(item);
        }
    }

    private int PlaceOf(int item)
    {
        if (_placeOf[item] >= 0) return _placeOf[item];
        Items.Add(item);
        return _placeOf[item] = Items.Count - 1;
    }
}
