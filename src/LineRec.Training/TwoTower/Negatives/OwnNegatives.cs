namespace LineRec.Training;

/// <summary>
/// A batch's own negatives: each example's, beside the candidates that all share. They are drawn evenly from a window of items that the example
/// has for itself, and stand for all of it.
/// </summary>
/// <param name="perExample">How many an example has; those that it lacks are masked.</param>
/// <param name="weight">What an item of a window counts beside any other item, which counts 1.</param>
/// <param name="itemCount">How many items there are.</param>
/// <remarks>Not thread-safe. Buffers are reused from step to step.</remarks>
internal sealed class OwnNegatives(int perExample, double weight, int itemCount)
{
    private readonly int[] _placeOf = [.. Enumerable.Repeat(-1, itemCount)]; // of an item in Items, or -1

    /// <summary>How many each example has; those that it lacks are masked.</summary>
    public int PerExample => perExample;

    /// <summary>The distinct items of all examples.</summary>
    public List<int> Items { get; } = [];

    /// <summary>The examples' negatives [examples, PerExample], as places in <see cref="Items"/>.</summary>
    public List<long> Places { get; } = [];

    /// <summary>The logarithm of how often an example's own negatives are expected, an example.</summary>
    public List<float> LogExpected { get; } = [];

    /// <summary>Forgets the examples before.</summary>
    public void Clear()
    {
        foreach (int item in Items) _placeOf[item] = -1;
        Items.Clear();
        Places.Clear();
        LogExpected.Clear();
    }

    /// <summary>Draws those of the next example of a batch.</summary>
    /// <param name="batch">The batch; the window is masked among the candidates that all share.</param>
    /// <param name="window">What they are drawn from, distinct; reordered.</param>
    /// <param name="random">Draws.</param>
    public void Add(TwoTowerBatch batch, List<int> window, Random random)
    {
        int example = LogExpected.Count, drawn = Math.Min(perExample, window.Count);
        LogExpected.Add(batch.IsCorrected && drawn > 0 ? (float)Math.Log(drawn / (weight * window.Count)) : 0f);
        foreach (int item in window) batch.Mask(item, example); // the drawn ones stand for all of them
        for (int i = 0; i < perExample; i++)
        {
            if (i >= drawn)
            {
                batch.MaskColumn(batch.Candidates.Count + i, example);
                Places.Add(PlaceOf(batch.Positives[0])); // some item
                continue;
            }

            int at = random.Next(i, window.Count);
            (window[i], window[at]) = (window[at], window[i]);
            Places.Add(PlaceOf(window[i]));
        }
    }

    private int PlaceOf(int item)
    {
        if (_placeOf[item] >= 0) return _placeOf[item];
        Items.Add(item);
        return _placeOf[item] = Items.Count - 1;
    }
}
