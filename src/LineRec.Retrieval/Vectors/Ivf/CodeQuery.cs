namespace LineRec.Retrieval;

/// <summary>
/// A query in small integers for <see cref="CodeScan"/>: its inner product with a vector of centred codes is <see cref="Unit"/> × the
/// scan's total, but for the query's rounding (<see cref="Rounding"/>) and the total's (<see cref="TotalSlack"/>).
/// </summary>
/// <remarks>
/// 4-bit codes: a byte v = 16 high + low times w1 gives 16 w1 high + w1 low; low times w2 gives the rest. Totals of the first are kept eight
/// times as large, so high dimensions weigh 2 w1 and low ones w2 + w1 / 8. The scale is bounded such that no 16-bit sum can overflow:
/// |sum| ≤ |w| × the greatest length of centred codes (Cauchy-Schwarz), and no pair of products can saturate (|w1| ≤ 63). Sums may wrap
/// around on the way; only where they end counts.
/// </remarks>
internal sealed unsafe class CodeQuery
{
    private const double Greatest = 32_000; // 32,767 less what rounding may add

    private readonly CodeLayout _layout;
    private readonly int[] _weights;
    private readonly short[] _starts;

    public CodeQuery(CodeLayout layout)
    {
        _layout = layout;
        _weights = GC.AllocateArray<int>(layout.Rows * (layout.Bits == 4 ? 2 : 1), pinned: true);
        _starts = GC.AllocateArray<short>(layout.Segments * 2, pinned: true);
        Weights = (int*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(_weights, 0);
        Starts = (short*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(_starts, 0);
    }

    /// <summary>Weights a row: the pair w1 twice, for 4-bit codes then the pair w2 twice.</summary>
    public int* Weights { get; }

    /// <summary>What the sums of a segment start from, w1's and w2's: minus the weights' sum times the centre.</summary>
    public short* Starts { get; }

    /// <summary>The same where only the first plane's rows of the first segment are summed.</summary>
    public (short First, short Second) HeadStart { get; private set; }

    /// <summary>The inner product of one unit of the total.</summary>
    public float Unit { get; private set; }

    /// <summary>The length of the difference between the query and what the weights stand for.</summary>
    public float Rounding { get; private set; }

    /// <summary>By how many units a total may be below its exact value, scaled or not.</summary>
    public int TotalSlack => 1 + (_layout.Segments * 3) + (_layout.Dimension % _layout.DimensionsARow == 0 ? 0 : 8);

    /// <summary>Takes a query.</summary>
    /// <param name="query">Its values, finite.</param>
    /// <param name="highRadius">No vector's centred codes of high dimensions are longer in any segment; for 8-bit codes: of all dimensions.</param>
    /// <param name="lowRadius">The same of the low dimensions; unused for 8-bit codes.</param>
    public void Set(ReadOnlySpan<float> query, float highRadius, float lowRadius)
    {
        double scale = double.MaxValue;
        for (int segment = 0; segment < _layout.Segments; segment++) scale = Math.Min(scale, Scale(query, segment, highRadius, lowRadius));
        double rounding = 0;
        for (int segment = 0; segment < _layout.Segments; segment++) rounding += Fill(query, segment, (float)scale);
        Unit = (float)(1 / scale * (1 << _layout.Shift));
        Rounding = (float)(Math.Sqrt(rounding) * 1.0001);
    }

    private (int First, int Last) Dimensions(int segment)
    {
        int size = _layout.SegmentRows * _layout.DimensionsARow;
        return (segment * size, Math.Min(_layout.Dimension, (segment + 1) * size));
    }

    /// <summary>The greatest scale at which nothing can overflow in a segment.</summary>
    private double Scale(ReadOnlySpan<float> query, int segment, float highRadius, float lowRadius)
    {
        var (first, last) = Dimensions(segment);
        double high = 0, low = 0, greatestHigh = 1e-30, greatestLow = 1e-30;
        for (int j = first; j < last; j++)
        {
            double value = Math.Abs(query[j]);
            if (_layout.Bits == 8 || CodeLayout.IsHigh(j)) (high, greatestHigh) = (high + (value * value), Math.Max(greatestHigh, value));
            else (low, greatestLow) = (low + (value * value), Math.Max(greatestLow, value));
        }

        double rounds = Math.Sqrt(last - first) / 2;
        high = Math.Sqrt(high) + 1e-30;
        if (_layout.Bits == 8) return Math.Min(63 / greatestHigh, Math.Max(0.01, (Greatest / highRadius) - rounds) / high);
        low = Math.Sqrt(low) + 1e-30;
        double first16 = Math.Max(0.01, (Greatest / ((16 * highRadius) + lowRadius)) - rounds) * 2 / high; // |w1| ≤ scale × high / 2
        double second = Math.Max(0.01, (Greatest * 0.8 / Math.Max(lowRadius, 1e-6)) - rounds) / (low + (high / 16)); // |w2| ≤ scale × (low + high / 16); with an eighth of the first sum it still fits
        return Math.Min(Math.Min(126 / greatestHigh, 118 / Math.Max(greatestLow, greatestHigh)), Math.Min(first16, second));
    }

    /// <summary>Writes a segment's weights; returns the squared length of their rounding.</summary>
    private double Fill(ReadOnlySpan<float> query, int segment, float scale)
    {
        var (first, last) = Dimensions(segment);
        double rounding = 0;
        int sum1 = 0, sum2 = 0, bits = _layout.Bits;
        float inverse = 1 / scale;
        for (int row = first / _layout.DimensionsARow; row * _layout.DimensionsARow < last; row++)
        {
            int pair1 = 0, pair2 = 0;
            for (int b = 0; b < 2; b++)
            {
                int j = bits == 4 ? (row * 4) + (2 * b) : (row * 2) + b;
                float value = j < last ? query[j] : 0f;
                int w1 = (int)MathF.Round(bits == 4 ? value * scale * 0.5f : value * scale);
                double off = value - ((bits == 4 ? 2 : 1) * w1 * inverse);
                rounding += off * off;
                sum1 += w1;
                pair1 |= (w1 & 0xFF) << (8 * b);
                if (bits == 8) continue;
                float other = j + 1 < last ? query[j + 1] : 0f;
                int w2 = (int)MathF.Round((other * scale) - (w1 * 0.125f));
                off = other - ((w2 + (w1 * 0.125f)) * inverse);
                if (j + 1 < last) rounding += off * off;
                sum2 += w2;
                pair2 |= (w2 & 0xFF) << (8 * b);
            }

            if (bits == 4) (Weights[2 * row], Weights[(2 * row) + 1]) = (pair1 | (pair1 << 16), pair2 | (pair2 << 16));
            else Weights[row] = pair1 | (pair1 << 16);
            if (row == _layout.HeadRows - 1) HeadStart = ((short)-((255 * sum1) >> 1), (short)-((15 * sum2) >> 1));
        }

        Starts[2 * segment] = (short)-((255 * sum1) >> 1);
        Starts[(2 * segment) + 1] = (short)-((15 * sum2) >> 1);
        return rounding;
    }
}
