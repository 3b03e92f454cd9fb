namespace LineRec.Simulation;

/// <summary>One user's weights over the items of one niche.</summary>
internal sealed class ShopNicheChoice
{
    private double[] _weights = [];
    private int[] _items = [];

    public double Sum { get; private set; }

    public double Max { get; private set; }

    public ReadOnlySpan<double> Weights => _weights.AsSpan(0, _items.Length);

    public void Begin(int[] items)
    {
        if (_weights.Length < items.Length) _weights = new double[items.Length];
        (_items, Sum, Max) = (items, 0, 0);
    }

    public void Set(int place, double weight)
    {
        _weights[place] = weight;
        Sum += weight;
        Max = Math.Max(Max, weight);
    }

    /// <summary>Where an item of the niche stands; a niche's items are in ascending order.</summary>
    public int PlaceOf(int item) => Array.BinarySearch(_items, item);
}
