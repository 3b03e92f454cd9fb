namespace LineRec.Tracking;

/// <summary>Compares runs in one HTML page that loads nothing and runs nothing: curves, parameters side by side with differences marked, the best run and why.</summary>
/// <remarks>Thread-safe. The same runs give the same page on hosts with the same fonts.</remarks>
public static class RunsReport
{
    /// <summary>Makes the page.</summary>
    /// <param name="runs">The runs, as <see cref="IExperimentTracker.ReadRunsAsync"/> gives them.</param>
    /// <param name="options">What decides and what is drawn.</param>
    /// <returns>The HTML.</returns>
    public static string ToHtml(IReadOnlyList<RunRecord> runs, RunsReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(options);
        return RunsReportHtml.Write(new RunsComparison(runs, options.Metric, options.HigherIsBetter), options);
    }

    /// <summary>Makes the page and writes it to a file, over an earlier one.</summary>
    /// <param name="path">The file; its folder is created.</param>
    /// <param name="runs">The runs.</param>
    /// <param name="options">What decides and what is drawn.</param>
    /// <exception cref="IOException">The file can't be written.</exception>
    public static void Write(string path, IReadOnlyList<RunRecord> runs, RunsReportOptions options)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        SharedFile.Write(Path.GetFullPath(path), ToHtml(runs, options), folder);
    }
}
