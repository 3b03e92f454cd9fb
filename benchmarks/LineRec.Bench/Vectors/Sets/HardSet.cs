namespace LineRec.Bench.Vectors;

/// <summary>
/// A set like the vectors of a shop's two-tower: some 24 clusters per thousand items, of power-law size, whose centres lie on a curved surface of few dimensions
/// in groups (departments); the clusters overlap, each has its own spread along and off the surface, and lengths vary as an item's popularity makes
/// them. Queries come from another mixture: weighted means of a few places that a user cares about, moved aside and with noise. Seeded;
/// the same bits on every machine and number of threads.
/// </summary>
internal sealed class HardSet
{
    private const int Departments = 300;
    private const int Shapes = 64;

    private readonly MadeSetOptions _options;
    private readonly Manifold _manifold;
    private readonly float[] _centres;
    private readonly double[] _cumulated;
    private readonly float[] _shapes;
    private readonly float[] _aside;
    private readonly HardSetShape _shape;

    public HardSet(MadeSetOptions options, HardSetShape? shape = null)
    {
        _options = options;
        _shape = shape ?? new HardSetShape();
        _manifold = new Manifold(_shape.Latent, options.Dimension, _shape.Curvature, options.Seed);
        Clusters = Math.Max(16, (int)((long)options.Rows * 3 / 125));
        _centres = Centres();
        _cumulated = Sizes();
        var random = SplitMix.For(options.Seed, 2);
        _shapes = new float[Shapes * options.Dimension];
        for (int i = 0; i < _shapes.Length; i++) _shapes[i] = 0.3f + (1.4f * (float)random.Uniform());
        _aside = new float[options.Dimension];
        for (int d = 0; d < _aside.Length; d++) _aside[d] = random.Normal() / MathF.Sqrt(options.Dimension);
    }

    public int Clusters { get; }

    /// <summary>Writes one item's vector.</summary>
    public void Item(int row, Span<float> vector)
    {
        var random = SplitMix.For(_options.Seed, 1_000 + (ulong)row);
        int cluster = Draw(random.Uniform());
        var own = SplitMix.For(_options.Seed + 7, (ulong)cluster);
        float along = _shape.Along * (0.5f + (float)own.Uniform());
        float off = _shape.Off * (0.5f + (float)own.Uniform()) / MathF.Sqrt(vector.Length);
        var shape = _shapes.AsSpan(own.Below(Shapes) * vector.Length, vector.Length);
        Span<float> point = stackalloc float[_shape.Latent];
        for (int l = 0; l < _shape.Latent; l++) point[l] = _centres[(cluster * _shape.Latent) + l] + (along * random.Normal());
        _manifold.Map(point, vector);
        float length = 1 + (_shape.Length * own.Normal()) + (_shape.Length * random.Normal());
        length = Math.Clamp(length, 0.3f, 2f);
        for (int d = 0; d < vector.Length; d++) vector[d] = (vector[d] + (off * shape[d] * random.Normal())) * length;
    }

    /// <summary>Writes one query's vector.</summary>
    public void Query(int number, Span<float> vector)
    {
        var random = SplitMix.For(_options.Seed + 13, (ulong)number);
        Span<float> point = stackalloc float[_shape.Latent], place = stackalloc float[vector.Length];
        vector.Clear();
        int places = 1 + random.Below(4), first = random.Below(Clusters);
        for (int p = 0; p < places; p++)
        {
            // Users like niches more than sizes say: half of the places are drawn from all clusters alike.
            int cluster = p == 0 ? first : random.Below(2) == 0 ? random.Below(Clusters) : Draw(random.Uniform());
            float weight = 0.3f + (float)random.Uniform();
            for (int l = 0; l < _shape.Latent; l++) point[l] = _centres[(cluster * _shape.Latent) + l] + (_shape.Along * random.Normal());
            _manifold.Map(point, place);
            for (int d = 0; d < vector.Length; d++) vector[d] += weight * place[d];
        }

        float sum = 0;
        foreach (float value in vector) sum += value * value;
        float scale = 1 / MathF.Sqrt(sum), noise = _shape.QueryNoise / MathF.Sqrt(vector.Length);
        for (int d = 0; d < vector.Length; d++) vector[d] = (vector[d] * scale) + (_shape.Aside * _aside[d]) + (noise * random.Normal());
    }

    private float[] Centres()
    {
        var random = SplitMix.For(_options.Seed, 3);
        var departments = new float[Departments * _shape.Latent];
        for (int i = 0; i < departments.Length; i++) departments[i] = random.Normal();
        var centres = new float[Clusters * _shape.Latent];
        for (int c = 0; c < Clusters; c++)
        {
            int department = random.Below(Departments);
            for (int l = 0; l < _shape.Latent; l++) centres[(c * _shape.Latent) + l] = (0.8f * departments[(department * _shape.Latent) + l]) + (0.6f * random.Normal());
        }

        return centres;
    }

    /// <summary>The cluster at place r has a share that falls as r^-3/4 (two square roots: exact).</summary>
    private double[] Sizes()
    {
        var cumulated = new double[Clusters];
        double sum = 0;
        for (int c = 0; c < Clusters; c++)
        {
            double root = Math.Sqrt(c + 1);
            cumulated[c] = sum += 1 / (root * Math.Sqrt(root));
        }

        return cumulated;
    }

    private int Draw(double uniform)
    {
        int at = Array.BinarySearch(_cumulated, uniform * _cumulated[^1]);
        return Math.Min(at < 0 ? ~at : at, Clusters - 1);
    }
}
