namespace LineRec.Features;

/// <summary>A fitted column of the item block: value = (raw - mean) / deviation.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Mean">What is taken off; 0 for a column that isn't scaled.</param>
/// <param name="Deviation">What is divided by; 1 for a column that isn't scaled, or is constant.</param>
public sealed record FittedColumn(string Name, float Mean, float Deviation)
{
    /// <summary>Fills one column of a block [rows, width] and scales it. A missing value becomes 0, the mean.</summary>
    internal static FittedColumn Fit(ItemColumn column, float[] values, int index, int width)
    {
        int rows = width == 0 ? 0 : values.Length / width;
        double sum = 0, squares = 0;
        int known = 0;
        for (int row = 0; row < rows; row++)
        {
            float value = column.Value(row);
            values[(row * width) + index] = value;
            if (float.IsNaN(value)) continue;
            sum += value;
            known++;
        }

        if (!column.Scaled) return new FittedColumn(column.Name, 0f, 1f);
        double mean = known == 0 ? 0 : sum / known;
        for (int row = 0; row < rows; row++)
        {
            double off = values[(row * width) + index] - mean;
            if (!double.IsNaN(off)) squares += off * off;
        }

        // A constant column would be divided by rounding noise.
        double deviation = known == 0 ? 0 : Math.Sqrt(squares / known);
        var fitted = new FittedColumn(column.Name, (float)mean, deviation > 1e-6 * Math.Max(1, Math.Abs(mean)) ? (float)deviation : 1f);
        for (int row = 0; row < rows; row++)
        {
            ref float value = ref values[(row * width) + index];
            value = float.IsNaN(value) ? 0f : (value - fitted.Mean) / fitted.Deviation;
        }

        return fitted;
    }
}
