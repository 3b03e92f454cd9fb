using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LineRec.Retrieval;

/// <summary>Finds the nearest of many centroids for one vector after the other, by a scan of their 8-bit codes; k-means and the filling of lists use it.</summary>
/// <remarks>Thread-safe for calls with a scratch of one's own.</remarks>
internal sealed unsafe class CentroidScorer : IDisposable
{
    private readonly float[] _centroids;
    private readonly float[] _mean;
    private readonly float[] _halfSquares;
    private readonly CodeLayout _layout;
    private readonly byte* _codes;
    private readonly float _radius;
    private readonly float _step;
    private readonly int _dimension;
    private readonly int _blocks;

    public CentroidScorer(float[] centroids, int dimension)
    {
        (_centroids, _dimension, Count) = (centroids, dimension, centroids.Length / dimension);
        _layout = new CodeLayout(dimension, 8);
        _blocks = CodeLayout.BlocksOf(Count);
        _codes = (byte*)NativeMemory.AlignedAlloc((nuint)((long)_blocks * _layout.BlockBytes), CodeLayout.RowBytes);
        _mean = new float[dimension];
        (_step, _radius) = CentroidCoder.Code(centroids, dimension, _layout, _mean, _codes);
        _halfSquares = new float[_blocks * CodeLayout.BlockVectors];
        Array.Fill(_halfSquares, float.PositiveInfinity);
        for (int c = 0; c < Count; c++)
        {
            // With the mean taken off centroid and vector alike, distances stay and products get small.
            double square = 0;
            for (int j = 0; j < dimension; j++)
            {
                double value = centroids[(c * dimension) + j] - _mean[j];
                square += value * value;
            }

            _halfSquares[c] = (float)(square / 2);
        }
    }

    public int Count { get; }

    /// <summary>Buffers for one thread.</summary>
    public sealed class Scratch(CentroidScorer scorer)
    {
        internal readonly CodeQuery Query = new(scorer._layout);
        internal readonly float[] Centred = new float[scorer._dimension];
        internal readonly short[] Thresholds = GC.AllocateArray<short>(scorer._blocks, pinned: true);
        internal readonly short[] Totals = GC.AllocateArray<short>(scorer._blocks * CodeLayout.BlockVectors, pinned: true);
        internal readonly uint[] Masks = GC.AllocateArray<uint>(scorer._blocks, pinned: true);
    }

    /// <summary>The nearest centroid of a vector.</summary>
    /// <param name="vector">The vector, finite.</param>
    /// <param name="scratch">The thread's buffers.</param>
    /// <param name="verify">Whether to decide between the best few in single precision.</param>
    public int Nearest(ReadOnlySpan<float> vector, Scratch scratch, bool verify)
    {
        for (int j = 0; j < _dimension; j++) scratch.Centred[j] = vector[j] - _mean[j];
        scratch.Query.Set(scratch.Centred, _radius, 0);
        fixed (short* thresholds = scratch.Thresholds, totals = scratch.Totals)
        fixed (uint* masks = scratch.Masks)
        fixed (float* halves = _halfSquares)
        {
            CodeScan.Run(_layout, scratch.Query, new CodePlanes(_codes, null), _blocks, thresholds, totals, masks);
            float unit = scratch.Query.Unit * _step;
            int best = Best(totals, halves, unit, float.NegativeInfinity);
            if (!verify) return best;

            // Three standard deviations of what codes and query lose by rounding; rarely more than a few centroids are within it.
            float margin = 3 * _step * ((0.29f * Length(scratch.Centred)) + (scratch.Query.Rounding * _radius / MathF.Sqrt(_dimension)));
            float bar = (totals[best] * unit) - halves[best] - margin;
            return Closest(vector, totals, halves, unit, bar, best);
        }
    }

    public void Dispose() => NativeMemory.AlignedFree(_codes);

    private static float Length(ReadOnlySpan<float> values)
    {
        float square = 0;
        foreach (float value in values) square += value * value;
        return MathF.Sqrt(square);
    }

    /// <summary>The place of the greatest total × unit - half square; the first of equals.</summary>
    private int Best(short* totals, float* halves, float unit, float least)
    {
        var scale = Vector256.Create(unit);
        var best = Vector256.Create(least);
        var places = Vector256.Create(0);
        var here = Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7);
        for (int i = 0; i < _blocks * CodeLayout.BlockVectors; i += 8)
        {
            var value = (Vector256.ConvertToSingle(Vector256.WidenLower(Vector128.Load(totals + i).ToVector256())) * scale) - Vector256.Load(halves + i);
            var greater = Vector256.GreaterThan(value, best);
            best = Vector256.ConditionalSelect(greater, value, best);
            places = Vector256.ConditionalSelect(greater.AsInt32(), here, places);
            here += Vector256.Create(8);
        }

        int place = places[0];
        float top = best[0];
        for (int l = 1; l < 8; l++)
        {
            if (best[l] > top || (best[l] == top && places[l] < place)) (top, place) = (best[l], places[l]);
        }

        return place;
    }

    private int Closest(ReadOnlySpan<float> vector, short* totals, float* halves, float unit, float bar, int best)
    {
        double nearest = Distance(vector, best);
        var (scale, limit) = (Vector256.Create(unit), Vector256.Create(bar));
        for (int i = 0; i < _blocks * CodeLayout.BlockVectors; i += 8)
        {
            var value = (Vector256.ConvertToSingle(Vector256.WidenLower(Vector128.Load(totals + i).ToVector256())) * scale) - Vector256.Load(halves + i);
            for (uint mask = Vector256.GreaterThan(value, limit).ExtractMostSignificantBits(); mask != 0; mask &= mask - 1)
            {
                int c = i + System.Numerics.BitOperations.TrailingZeroCount(mask);
                if (c == best) continue;
                double distance = Distance(vector, c);
                if (distance < nearest || (distance == nearest && c < best)) (nearest, best) = (distance, c);
            }
        }

        return best;
    }

    private double Distance(ReadOnlySpan<float> vector, int c) =>
        System.Numerics.Tensors.TensorPrimitives.Distance(vector, _centroids.AsSpan(c * _dimension, _dimension));
}
