namespace LineRec.Features;

/// <summary>A fitted column of the item block: value = (raw - mean) / deviation.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Mean">What is taken off; 0 for a column that isn't scaled.</param>
/// <param name="Deviation">What is divided by; 1 for a column that isn't scaled, or is constant.</param>
public sealed record FittedColumn(string Name, float Mean, float Deviation)
{
    /// <summary>The value that stands for a missing one; null for 0.</summary>
    public float? Missing { get; init; }

    /// <summary>What the feature learnt, in its own order: λ, mean and deviation of a power transform, edges of buckets, quantiles; null where nothing.</summary>
    public IReadOnlyList<double>? Parameters { get; init; }

    /// <summary>The raw value of each value of a text column (a frequency, a rate); null where the feature needs none.</summary>
    public IReadOnlyDictionary<string, float>? Values { get; init; }

    /// <summary>Fills one column of a block [rows, width], learns its scale and scales it.</summary>
    internal static FittedColumn Fit(ItemColumn column, float[] values, int index, int width)
    {
        double sum = 0, squares = 0;
        int known = 0;
        for (int at = index, row = 0; at < values.Length; at += width, row++)
        {
            float value = column.Value(row);
            values[at] = value;
            if (float.IsNaN(value)) continue;
            sum += value;
            known++;
        }

        double mean = known == 0 ? 0 : sum / known;
        for (int at = index; at < values.Length && column.Scaled; at += width)
        {
            double off = values[at] - mean;
            if (!double.IsNaN(off)) squares += off * off;
        }

        // A constant column would be divided by rounding noise.
        double deviation = known == 0 ? 0 : Math.Sqrt(squares / known);
        var fitted = (column.Scaled ? new FittedColumn(column.Name, (float)mean, deviation > 1e-6 * Math.Max(1, Math.Abs(mean)) ? (float)deviation : 1f) : new FittedColumn(column.Name, 0f, 1f)) with
        {
            Missing = column.MeanForMissing ? (float)mean : null,
            Parameters = column.Parameters,
            Values = column.Values,
        };
        for (int at = index; at < values.Length; at += width) values[at] = fitted.Scale(values[at], column.Scaled);
        return fitted;
    }

    /// <summary>Scales one raw value.</summary>
    internal float Scale(float raw, bool scaled) => float.IsNaN(raw) ? Missing ?? 0f : scaled ? (raw - Mean) / Deviation : raw;
}
