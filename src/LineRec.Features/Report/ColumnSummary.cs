using System.Globalization;

namespace LineRec.Features;

/// <summary>Summarises a column for a report, and compares two summaries.</summary>
internal static class ColumnSummary
{
    /// <summary>Order statistics that are kept, so that distributions of two periods are compared within 2 in 10,000.</summary>
    internal const int MaxSample = 10_000;
    private const int MostValues = 10;
    private const double RoundingShare = 2e-6;

    /// <summary>Summarises numbers, NaN where missing. O(n log n), 8 bytes a row.</summary>
    internal static ReportedColumn OfNumbers(string block, string name, int rows, Func<int, float> value)
    {
        double[] known = [.. Enumerable.Range(0, rows).Select(row => (double)value(row)).Where(double.IsFinite)];
        Array.Sort(known);
        var runs = Runs(known);
        var column = new ReportedColumn
        {
            Block = block,
            Name = name,
            Rows = rows,
            Known = known.Length,
            Distinct = runs.Count,
            TopValues = [.. runs.OrderByDescending(r => r.Count).ThenBy(r => r.Value).Take(MostValues).Select(r => new ValueCount(r.Value.ToString("G6", CultureInfo.InvariantCulture), r.Count))],
        };
        if (known.Length == 0) return column;
        double mean = known.Average();
        return column with
        {
            Mean = mean,
            Deviation = Math.Sqrt(known.Average(x => (x - mean) * (x - mean))),
            QuantileValues = [.. ReportedColumn.QuantileShares.Select(share => Quantiles.At(known, share))],
            Histogram = Histogram.Of(known),
            Sample = Quantiles.Thin(known, MaxSample),
        };
    }

    /// <summary>Summarises a text column. O(rows + values log values).</summary>
    internal static ReportedColumn OfText(TextColumn text)
    {
        var items = new long[text.Values.Length];
        foreach (int code in text.Codes)
        {
            if (code >= 0) items[code]++;
        }

        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        for (int code = 0; code < items.Length; code++)
        {
            if (items[code] > 0) counts[text.Values[code]] = items[code];
        }

        return new ReportedColumn
        {
            Block = "catalog",
            Name = text.Name,
            Rows = text.Count,
            Known = items.Sum(),
            Distinct = counts.Count,
            TopValues = [.. counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Take(MostValues).Select(c => new ValueCount(c.Key, c.Value))],
            Counts = counts,
        };
    }

    /// <summary>The drift from an earlier summary; null where the two aren't comparable.</summary>
    internal static ColumnDrift? Compare(ReportedColumn before, ReportedColumn after)
    {
        if (before.Scale != after.Scale || before.Counts is null != after.Counts is null) return null;
        if (before.Counts is { } known && after.Counts is { } later)
        {
            string[] values = [.. known.Keys.Union(later.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            long[] Counts(IReadOnlyDictionary<string, long> counts, ReportedColumn column) => [.. values.Select(v => counts.GetValueOrDefault(v)), column.Rows - column.Known];
            return new ColumnDrift(DriftMeasures.Psi(Counts(known, before), Counts(later, after)), null, null, before.MissingShare, null);
        }

        if (after.Block == "item") after = after with { Sample = Snap(after, before.Sample) };
        var (binsBefore, binsAfter) = DriftMeasures.Bins(before, after);
        double psi = DriftMeasures.Psi(binsBefore, binsAfter);
        if (before.Known == 0 || after.Known == 0) return new ColumnDrift(psi, null, null, before.MissingShare, null);
        double distance = DriftMeasures.Ks(before.Sample, after.Sample);
        return new ColumnDrift(psi, distance, DriftMeasures.KsPValue(distance, before.Known, after.Known), before.MissingShare, after.Histogram!.Again(before.Sample));
    }

    /// <summary>
    /// Values that were scaled, saved in single precision and scaled back differ by rounding from the same value of another fit; such a one becomes that of the earlier
    /// fit, else ties (items without events, say) would look like a change.
    /// </summary>
    private static double[] Snap(ReportedColumn after, double[] before)
    {
        double noise = RoundingShare * (Math.Abs(after.Mean ?? 0) + (after.Deviation ?? 0));
        double[] snapped = [.. after.Sample];
        for (int i = 0, j = 0; i < snapped.Length && before.Length > 0; i++)
        {
            while (j + 1 < before.Length && Math.Abs(before[j + 1] - snapped[i]) <= Math.Abs(before[j] - snapped[i])) j++;
            if (Math.Abs(before[j] - snapped[i]) <= noise + (RoundingShare * Math.Abs(snapped[i]))) snapped[i] = before[j];
        }

        return snapped;
    }

    private static List<(double Value, long Count)> Runs(double[] ascending)
    {
        var runs = new List<(double Value, long Count)>();
        for (int i = 0, start = 0; i < ascending.Length; i++)
        {
            if (i + 1 < ascending.Length && ascending[i + 1] == ascending[start]) continue;
            runs.Add((ascending[start], i + 1 - start));
            start = i + 1;
        }

        return runs;
    }
}
