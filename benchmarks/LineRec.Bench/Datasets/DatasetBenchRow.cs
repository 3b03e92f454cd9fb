namespace LineRec.Bench.Datasets;

/// <summary>One way of reading one table.</summary>
/// <param name="Table">"events" or "examples".</param>
/// <param name="Reader">What reads.</param>
/// <param name="Threads">On how many threads.</param>
/// <param name="RowsPerSecond">The median over the rounds.</param>
/// <param name="ProcessorNanosecondsPerRow">Processor time a row over all threads, the median.</param>
internal sealed record DatasetBenchRow(string Table, string Reader, int Threads, double RowsPerSecond, double ProcessorNanosecondsPerRow)
{
    public static DatasetBenchRow Of(string table, string reader, int threads, IReadOnlyList<Timing> timings) => new(
        table, reader, threads, Median(timings.Select(t => t.Rows / t.Seconds)), Median(timings.Select(t => t.ProcessorSeconds / t.Rows * 1e9)));

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
