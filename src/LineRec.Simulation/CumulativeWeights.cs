namespace LineRec.Simulation;

/// <summary>Draws indexes by fixed weights in O(log n).</summary>
internal sealed class CumulativeWeights
{
    private readonly double[] _sums;

    public CumulativeWeights(ReadOnlySpan<double> weights)
    {
        _sums = new double[weights.Length];
        double sum = 0;
        for (int i = 0; i < _sums.Length; i++) _sums[i] = sum += weights[i];
    }

    public double Total => _sums.Length == 0 ? 0 : _sums[^1];

    public int Pick(ShopRandom random)
    {
        double at = random.Next() * Total;
        int low = 0, high = _sums.Length - 1;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_sums[middle] <= at) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
