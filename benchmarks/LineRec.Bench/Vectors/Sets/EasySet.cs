namespace LineRec.Bench.Vectors;

/// <summary>Gaussian clusters of equal size and spread, two per thousand rows, queries of the same mixture: flatters inverted lists. The same bits on every machine.</summary>
internal sealed class EasySet
{
    private readonly MadeSetOptions _options;
    private readonly float[] _centres;
    private readonly int _clusters;

    public EasySet(MadeSetOptions options)
    {
        _options = options;
        _clusters = Math.Max(4, options.Rows / 500);
        _centres = new float[_clusters * options.Dimension];
        var random = SplitMix.For(options.Seed, 4);
        for (int i = 0; i < _centres.Length; i++) _centres[i] = random.Normal();
    }

    public void Item(int row, Span<float> vector) => Draw(SplitMix.For(_options.Seed, 1_000 + (ulong)row), vector);

    public void Query(int number, Span<float> vector) => Draw(SplitMix.For(_options.Seed + 13, (ulong)number), vector);

    private void Draw(SplitMix random, Span<float> vector)
    {
        var centre = _centres.AsSpan(random.Below(_clusters) * vector.Length, vector.Length);
        for (int d = 0; d < vector.Length; d++) vector[d] = centre[d] + (0.5f * random.Normal());
    }
}
