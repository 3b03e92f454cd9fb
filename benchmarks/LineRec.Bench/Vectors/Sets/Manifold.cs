using System.Numerics;
using System.Runtime.InteropServices;

namespace LineRec.Bench.Vectors;

/// <summary>
/// A smooth random map from a few latent dimensions into the vectors' space: out = B · s(A · z + b) with s(x) = x / sqrt(1 + x²). Its image is a
/// curved surface. Products and sums are rounded one by one, in one order, so its values are the same on every machine.
/// </summary>
internal sealed class Manifold
{
    private const int Hidden = 96;

    private readonly float[] _inner;
    private readonly float[] _outer;
    private readonly float[] _bias = new float[Hidden];
    private readonly int _dimension;

    public Manifold(int latent, int dimension, float curvature, ulong seed)
    {
        Latent = latent;
        _dimension = dimension;
        (_inner, _outer) = (new float[latent * Hidden], new float[Hidden * dimension]);
        var random = SplitMix.For(seed, 1);
        Fill(_inner, curvature / MathF.Sqrt(latent), ref random);
        Fill(_bias, 0.5f, ref random);
        Fill(_outer, MathF.Sqrt(2f / (Hidden * dimension)), ref random); // hidden values are about 0.7: vectors of length 1
    }

    public int Latent { get; }

    /// <summary>Maps one point. No allocation.</summary>
    public void Map(ReadOnlySpan<float> point, Span<float> vector)
    {
        Span<float> hidden = stackalloc float[Hidden];
        _bias.CopyTo(hidden);
        for (int l = 0; l < point.Length; l++) AddScaled(hidden, _inner.AsSpan(l * Hidden, Hidden), point[l]);
        for (int h = 0; h < Hidden; h++) hidden[h] /= MathF.Sqrt(1 + (hidden[h] * hidden[h]));
        vector.Clear();
        for (int h = 0; h < Hidden; h++) AddScaled(vector, _outer.AsSpan(h * _dimension, _dimension), hidden[h]);
    }

    private static void AddScaled(Span<float> sum, ReadOnlySpan<float> values, float factor)
    {
        var sums = MemoryMarshal.Cast<float, Vector<float>>(sum);
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        for (int i = 0; i < sums.Length; i++) sums[i] += vectors[i] * factor;
        for (int i = sums.Length * Vector<float>.Count; i < sum.Length; i++) sum[i] += values[i] * factor;
    }

    private static void Fill(float[] values, float scale, ref SplitMix random)
    {
        for (int i = 0; i < values.Length; i++) values[i] = random.Normal() * scale;
    }
}
