using System.Numerics.Tensors;

namespace LineRec.Retrieval;

/// <summary>
/// What a probe knows of a list. A vector is mean × (1 + share) + rest. A query's products with the vectors of a list then are normal, about: around its product with the mean, m; shares spread them by m × their deviation, and rests
/// by the deviation of the query's own direction. With L2 the lengths are part of the products: the offset. What of it goes with the shares, by least squares, is added to m (the base): among vectors of all lengths, one beyond the mean is nearer only to a query that is beyond it too.
/// </summary>
internal sealed unsafe class IvfListModel(IvfData data)
{
    /// <summary>The cosine of a query with the mean of a list it visits, about; what going beyond the mean is worth.</summary>
    private const float TypicalCosine = 0.3f;

    /// <summary>How many deviations above the mean of its list a vector is found, about; what a long rest is worth.</summary>
    private const float TypicalDistance = 3f;

    /// <summary>Buffers for one thread.</summary>
    public sealed class Scratch(int dimension)
    {
        internal readonly float[] Mean = new float[dimension];
        internal readonly float[] Inverse = new float[dimension];

        /// <summary>By which share of the mean each vector goes beyond it.</summary>
        internal float[] Shares = [];

        /// <summary>What is added to a query's product with it, whatever the query.</summary>
        internal float[] Offsets = [];

        /// <summary>The deviation of the values of its scaled rest.</summary>
        internal float[] Spreads = [];

        /// <summary>What vectors are ordered by.</summary>
        internal float[] Keys = [];

        internal void Reserve(int count)
        {
            if (Keys.Length >= count) return;
            (Shares, Offsets, Spreads, Keys) = (new float[count * 2], new float[count * 2], new float[count * 2], new float[count * 2]);
        }
    }

    /// <summary>Describes the vectors of a list: their shares, offsets and spreads, and keys in whose order those lie together that a query finds for the same reason.</summary>
    /// <param name="list">The list.</param>
    /// <param name="residuals">Its scaled residuals [vectors, coded dimension].</param>
    /// <param name="scratch">Receives it.</param>
    public void Describe(int list, ReadOnlySpan<float> residuals, Scratch scratch)
    {
        int coded = data.Space.CodedDimension, dimension = data.Space.Dimension, count = residuals.Length / coded;
        scratch.Reserve(count);
        ReadOnlySpan<float> centroid = new(data.Centroids + ((long)list * coded), coded), scales = new(data.Scales, coded);
        float square = Math.Max(1e-24f, TensorPrimitives.SumOfSquares(centroid[..dimension])), length = MathF.Sqrt(square), half = data.Space.HalfSquareOf(centroid);
        float typicalScale = MathF.Sqrt(TensorPrimitives.SumOfSquares(scales[..dimension]) / dimension);

        // The mean as scaled residuals are, and what gives a share when it is multiplied with one.
        Span<float> mean = scratch.Mean.AsSpan(0, dimension), inverse = scratch.Inverse.AsSpan(0, dimension);
        TensorPrimitives.Divide(centroid[..dimension], scales[..dimension], mean);
        TensorPrimitives.Multiply(centroid[..dimension], scales[..dimension], inverse);
        TensorPrimitives.Divide(inverse, square, inverse);
        float meanSquare = TensorPrimitives.SumOfSquares<float>(mean);
        for (int i = 0; i < count; i++)
        {
            var residual = residuals.Slice(i * coded, coded);
            float share = TensorPrimitives.Dot(residual[..dimension], inverse);
            float rest = TensorPrimitives.SumOfSquares(residual[..dimension]) - (2 * share * TensorPrimitives.Dot(residual[..dimension], mean)) + (share * share * meanSquare);
            float beyond = coded > dimension ? data.Space.HalfSquareOf(residual) * scales[dimension] : 0;
            (scratch.Shares[i], scratch.Offsets[i], scratch.Spreads[i]) = (share, (half * share) - beyond, MathF.Sqrt(Math.Max(0, rest) / dimension));
            scratch.Keys[i] = (TypicalCosine * length * share) - (beyond / length) + (TypicalDistance * scratch.Spreads[i] * typicalScale);
        }
    }

    /// <summary>Writes the model of a list and of its parts.</summary>
    /// <param name="list">The list.</param>
    /// <param name="order">The described vectors in the order in which they lie.</param>
    /// <param name="scratch">What describes them.</param>
    public void Write(int list, ReadOnlySpan<int> order, Scratch scratch)
    {
        if (order.IsEmpty) return;
        var all = Moments.Of(order, scratch);
        (data.RestVariances[list], data.ShareVariances[list]) = ((float)all.SquaredSpread, (float)all.SquaredShare);
        data.ShareBases[list] = all.SquaredShare > 1e-20 ? (float)(all.Product / all.SquaredShare) : 0;
        (data.GreatestShares[list], data.LeastShares[list], data.GreatestOffsets[list]) = (float.NegativeInfinity, float.PositiveInfinity, float.NegativeInfinity);
        for (int place = 0, start = data.ListStarts[list]; place < order.Length;)
        {
            int block = (start + place) / CodeLayout.BlockVectors, part = block + list, end = Math.Min(order.Length, ((block + 1) * CodeLayout.BlockVectors) - start);
            var own = Moments.Of(order[place..end], scratch);
            (data.PartShares[part], data.PartOffsets[part], data.PartRestVariances[part], data.PartShareVariances[part]) = ((float)own.Share, (float)own.Offset, (float)own.SquaredSpread, (float)own.VarianceOfShares);
            data.GreatestRestVariances[list] = Math.Max(data.GreatestRestVariances[list], data.PartRestVariances[part]);
            data.GreatestShareVariances[list] = Math.Max(data.GreatestShareVariances[list], data.PartShareVariances[part]);
            data.GreatestShares[list] = Math.Max(data.GreatestShares[list], data.PartShares[part]);
            data.LeastShares[list] = Math.Min(data.LeastShares[list], data.PartShares[part]);
            data.GreatestOffsets[list] = Math.Max(data.GreatestOffsets[list], data.PartOffsets[part]);
            place = end;
        }
    }

    /// <summary>Means over some vectors.</summary>
    private readonly record struct Moments(double Share, double Offset, double SquaredShare, double Product, double SquaredSpread)
    {
        public double VarianceOfShares => Math.Max(0, SquaredShare - (Share * Share));

        public static Moments Of(ReadOnlySpan<int> vectors, Scratch scratch)
        {
            double share = 0, offset = 0, squaredShare = 0, product = 0, squaredSpread = 0;
            foreach (int i in vectors)
            {
                double s = scratch.Shares[i], spread = scratch.Spreads[i];
                (share, offset, squaredShare, product, squaredSpread) = (share + s, offset + scratch.Offsets[i], squaredShare + (s * s), product + (s * scratch.Offsets[i]), squaredSpread + (spread * spread));
            }

            int n = vectors.Length;
            return new(share / n, offset / n, squaredShare / n, product / n, squaredSpread / n);
        }
    }
}
