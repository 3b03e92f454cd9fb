using LineRec.Features;

namespace LineRec.Training;

/// <summary>The items that a batch of histories picks, with their weights, as <see cref="HistoryPooling"/> says. Reused from batch to batch.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class PickedHistories(InteractionTable events, HistoryPooling pooling)
{
    private readonly int[] _rows = new int[pooling.Last];
    private readonly float[] _weights = new float[pooling.Last];

    /// <summary>The picked items, history after history, newest first within each.</summary>
    public List<(int Item, float Weight, int History)> Items { get; } = [];

    /// <summary>How many histories there are, those that pick nothing included.</summary>
    public int Count { get; private set; }

    /// <summary>The most items that a history picks.</summary>
    public int Longest { get; private set; }

    /// <summary>Forgets all histories.</summary>
    public void Clear()
    {
        Items.Clear();
        (Count, Longest) = (0, 0);
    }

    /// <summary>Adds a history.</summary>
    /// <param name="from">Its first event in the table.</param>
    /// <param name="to">The end of its events, exclusive.</param>
    /// <returns>How many items it picks.</returns>
    public int Add(int from, int to)
    {
        int count = pooling.Select(events.Rows.AsSpan(from, to - from), events.Types.AsSpan(from, to - from), _rows, _weights);
        for (int i = 0; i < count; i++) Items.Add((_rows[i], _weights[i], Count));
        Count++;
        Longest = Math.Max(Longest, count);
        return count;
    }
}
