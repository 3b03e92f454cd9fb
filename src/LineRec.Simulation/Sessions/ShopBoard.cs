namespace LineRec.Simulation;

/// <summary>
/// What the shop itself has counted so far, which its lists are made from: decayed popularity, popular items a category, items clicked together,
/// new arrivals. It changes between days only, so that the users of one day can be simulated in any order.
/// </summary>
internal sealed class ShopBoard
{
    private const double DailyDecay = 0.85;
    private const int NeighbourCount = 10;
    private readonly ShopWorld _world;
    private readonly double[] _counts;
    private readonly int[] _neighbours;
    private readonly byte[] _nextNeighbour;
    private readonly CumulativeWeights[] _byCategory;
    private readonly List<int> _newest = [];
    private CumulativeWeights _popular;

    public ShopBoard(ShopWorld world)
    {
        _world = world;
        _counts = new double[world.Items.Length];
        _neighbours = new int[world.Items.Length * NeighbourCount];
        _nextNeighbour = new byte[world.Items.Length];
        _neighbours.AsSpan().Fill(-1);
        _byCategory = new CumulativeWeights[world.CategoryPaths.Length];
        _popular = new CumulativeWeights([]);
    }

    /// <summary>Makes the tables that a day's lists are drawn from.</summary>
    public void BeginDay(long time)
    {
        // An item without a click still has a chance, or nothing new could ever rise.
        var weights = new double[_counts.Length];
        for (int i = 0; i < weights.Length; i++) weights[i] = _world.Items[i].IsAvailableAt(time) ? _counts[i] + 0.05 : 0;
        _popular = new CumulativeWeights(weights);
        for (int c = 0; c < _byCategory.Length; c++) _byCategory[c] = new CumulativeWeights([.. _world.CategoryItems[c].Select(i => weights[i])]);
        _newest.Clear();
        _newest.AddRange(Enumerable.Range(0, weights.Length).Where(i => weights[i] > 0 && _world.Items[i].ListedAt > time - (7 * ShopWorld.Day)));
    }

    /// <summary>Counts one session's clicks and purchases.</summary>
    public void Count(ReadOnlySpan<int> clicked, ReadOnlySpan<int> bought)
    {
        foreach (int item in clicked) _counts[item]++;
        foreach (int item in bought) _counts[item] += 4;
        for (int i = 1; i < clicked.Length; i++)
        {
            Link(clicked[i - 1], clicked[i]);
            Link(clicked[i], clicked[i - 1]);
        }
    }

    public void EndDay()
    {
        for (int i = 0; i < _counts.Length; i++) _counts[i] *= DailyDecay;
    }

    /// <summary>Writes what was counted.</summary>
    public void Write(BinaryWriter writer)
    {
        foreach (double count in _counts) writer.Write(count);
        foreach (int item in _neighbours) writer.Write(item);
        writer.Write(_nextNeighbour);
    }

    /// <summary>Takes up what <see cref="Write"/> wrote.</summary>
    public void Read(BinaryReader reader)
    {
        for (int i = 0; i < _counts.Length; i++) _counts[i] = reader.ReadDouble();
        for (int i = 0; i < _neighbours.Length; i++) _neighbours[i] = reader.ReadInt32();
        reader.BaseStream.ReadExactly(_nextNeighbour);
    }

    public double CountOf(int item) => _counts[item];

    public int Popular(ShopRandom random) => _popular.Total > 0 ? _popular.Pick(random) : -1;

    public int PopularIn(int category, ShopRandom random) => _byCategory[category].Total > 0 ? _world.CategoryItems[category][_byCategory[category].Pick(random)] : -1;

    public int Neighbour(int item, ShopRandom random) => _neighbours[(item * NeighbourCount) + random.Next(NeighbourCount)];

    public int Newest(ShopRandom random) => _newest.Count == 0 ? -1 : _newest[random.Next(_newest.Count)];

    private void Link(int item, int other)
    {
        if (item == other) return;
        _neighbours[(item * NeighbourCount) + _nextNeighbour[item]] = other;
        _nextNeighbour[item] = (byte)((_nextNeighbour[item] + 1) % NeighbourCount);
    }
}
