using System.Numerics.Tensors;

namespace LineRec.Retrieval;

/// <summary>
/// Codes the vectors of a list: residuals from its centroid, divided by the dimensions' spread, in uniform steps of each one's own size, in the order of <see cref="IvfListModel"/>: a probe may take some
/// blocks of a list and pass over the rest.
/// </summary>
internal sealed unsafe class IvfListCoder(IvfData data, NpyMatrix<float> vectors)
{
    /// <summary>A step in standard deviations: near the best uniform one of 16 levels for a normal distribution (J. Max, IRE Trans. IT 6, 1960).</summary>
    public const float StepOfDeviation = 0.335f;

    private readonly IvfListModel _model = new(data);

    /// <summary>Buffers for one thread.</summary>
    public sealed class Scratch(int dimension)
    {
        internal float[] Residuals = new float[64 * dimension];
        internal float[] Errors = new float[64];
        internal int[] Order = new int[64];
        internal short[] Scales = new short[64];
        internal readonly IvfListModel.Scratch Model = new(dimension);
        internal readonly double[] High = new double[CodeSegments(dimension)];
        internal readonly double[] Low = new double[CodeSegments(dimension)];

        internal void Reserve(int count, int dimension)
        {
            if (Errors.Length >= count) return;
            (Residuals, Errors, Order, Scales) = (new float[count * 2 * dimension], new float[count * 2], new int[count * 2], new short[count * 2]);
        }

        private static int CodeSegments(int dimension) => new CodeLayout(dimension, 4).Segments;
    }

    /// <summary>Codes a list.</summary>
    /// <param name="list">Its number.</param>
    /// <param name="rows">Its vectors' rows, ascending.</param>
    /// <param name="scratch">The thread's buffers.</param>
    /// <returns>The greatest lengths of centred codes in a segment, of dimensions in high and in low halves.</returns>
    public (float High, float Low) Code(int list, ReadOnlySpan<int> rows, Scratch scratch)
    {
        int dimension = data.Space.CodedDimension;
        scratch.Reserve(rows.Length, dimension);
        var residuals = scratch.Residuals.AsSpan(0, rows.Length * dimension);
        data.InverseSteps[list] = 1 / Take(list, rows, residuals);
        float greatest = 0, greatestStep = 1e-12f;
        for (int i = 0; i < rows.Length; i++)
        {
            float length = TensorPrimitives.Norm<float>(residuals.Slice(i * dimension, dimension));
            greatest = Math.Max(greatest, length);
            greatestStep = Math.Max(greatestStep, length / MathF.Sqrt(dimension) * StepOfDeviation);
        }

        // Each vector has its own step, in 32,768ths of the greatest.
        float unit = data.CodeSteps[list] = greatestStep * (CodeLayout.One / (CodeLayout.One - 1f));
        for (int i = 0; i < rows.Length; i++)
        {
            var residual = residuals.Slice(i * dimension, dimension);
            float own = TensorPrimitives.Norm<float>(residual) / MathF.Sqrt(dimension) * StepOfDeviation;
            int scale = Math.Clamp((int)MathF.Ceiling(own / unit * CodeLayout.One), 1, CodeLayout.One - 1);
            (scratch.Scales[i], scratch.Errors[i], scratch.Order[i]) = ((short)scale, ErrorOf(residual, unit * scale / CodeLayout.One), i);
        }

        data.Radii[list] = greatest * 1.0001f;
        _model.Describe(list, residuals, scratch.Model);
        var order = scratch.Order.AsSpan(0, rows.Length);
        float[] keys = scratch.Model.Keys;
        order.Sort((a, b) => keys[a] != keys[b] ? keys[a].CompareTo(keys[b]) : a.CompareTo(b));
        _model.Write(list, order, scratch.Model);
        return Write(list, rows, residuals, unit, scratch);
    }

    private static float ErrorOf(ReadOnlySpan<float> residual, float step)
    {
        double error = 0;
        foreach (float value in residual)
        {
            double off = value - ((double)step * (CodeOf(value, step) - CodeLayout.NibbleCentre));
            error += off * off;
        }

        return (float)Math.Sqrt(error);
    }

    private static int CodeOf(float value, float step) => Math.Clamp((int)MathF.Round((value / step) + CodeLayout.NibbleCentre), 0, 15);

    /// <summary>Takes a list's vectors, as scaled residuals.</summary>
    /// <returns>The list's typical step.</returns>
    private float Take(int list, ReadOnlySpan<int> rows, Span<float> residuals)
    {
        int dimension = data.Space.CodedDimension;
        ReadOnlySpan<float> centroid = new(data.Centroids + ((long)list * dimension), dimension), scales = new(data.Scales, dimension);
        double square = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            var residual = residuals.Slice(i * dimension, dimension);
            data.Space.CodeVector(vectors[rows[i]], residual);
            TensorPrimitives.Subtract(residual, centroid, residual);
            TensorPrimitives.Divide(residual, scales, residual);
            square += TensorPrimitives.SumOfSquares<float>(residual);
        }

        float deviation = (float)Math.Sqrt(square / Math.Max(1, residuals.Length));
        return Math.Max(1e-12f, deviation * StepOfDeviation);
    }

    private (float High, float Low) Write(int list, ReadOnlySpan<int> rows, ReadOnlySpan<float> residuals, float unit, Scratch scratch)
    {
        int dimension = data.Space.CodedDimension;
        int start = data.ListStarts[list];
        double codeRadius = 0;
        float high = 0, low = 0;
        for (int place = 0; place < rows.Length; place++)
        {
            int block = (start + place) / CodeLayout.BlockVectors, lane = (start + place) % CodeLayout.BlockVectors;
            var residual = residuals.Slice(scratch.Order[place] * dimension, dimension);
            int scale = data.Layout.ScaleOf(data.Codes, block, lane) = scratch.Scales[scratch.Order[place]];
            float step = unit * scale / CodeLayout.One;
            scratch.High.AsSpan().Clear();
            scratch.Low.AsSpan().Clear();
            for (int j = 0; j < dimension; j++)
            {
                int code = CodeOf(residual[j], step);
                data.Layout.Put(data.Codes, block, j, lane, code);
                double centred = code - CodeLayout.NibbleCentre;
                (CodeLayout.IsHigh(j) ? scratch.High : scratch.Low)[data.Layout.SegmentOf(j)] += centred * centred;
            }

            double all = 0;
            for (int s = 0; s < scratch.High.Length; s++)
            {
                all += scratch.High[s] + scratch.Low[s];
                high = Math.Max(high, (float)Math.Sqrt(scratch.High[s]));
                low = Math.Max(low, (float)Math.Sqrt(scratch.Low[s]));
            }

            codeRadius = Math.Max(codeRadius, all * scale / CodeLayout.One * scale / CodeLayout.One);
            data.Ids[start + place] = rows[scratch.Order[place]];
            Raise(ref data.BlockErrors[block], scratch.Errors[scratch.Order[place]] * 1.0001f);
            Raise(ref data.TailRadii[block], MathF.Sqrt(TensorPrimitives.SumOfSquares(residual[data.Layout.HeadDimensions..])) * 1.0001f);
        }

        data.CodeRadii[list] = (float)Math.Sqrt(codeRadius) * 1.0001f;
        return (high, low);
    }

    /// <summary>Raises a block's greatest; its neighbours' lists may be coded at the same time.</summary>
    private static void Raise(ref float greatest, float value)
    {
        float seen = Volatile.Read(ref greatest);
        while (value > seen)
        {
            float before = Interlocked.CompareExchange(ref greatest, value, seen);
            if (before == seen) return;
            seen = before;
        }
    }
}
