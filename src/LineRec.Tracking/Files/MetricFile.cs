using System.Globalization;
using System.Text;

namespace LineRec.Tracking;

/// <summary>A metric's file: lines of "timestamp value step", timestamps in milliseconds, only ever appended to.</summary>
internal static class MetricFile
{
    private static readonly char[] Blank = [' '];

    /// <summary>Appends figures, whole lines at a time, though other processes append too. What a crash left of a line is cut off.</summary>
    /// <param name="path">The file.</param>
    /// <param name="metrics">The figures.</param>
    /// <param name="aside">The folder a new file is written in first: MLflow fails on an empty one.</param>
    public static void Append(string path, IEnumerable<Metric> metrics, string aside)
    {
        byte[] lines = Encoding.UTF8.GetBytes(string.Concat(metrics.Select(Line)));
        if (!File.Exists(path) && SharedFile.Write(path, lines, aside, replace: false)) return;
        using var file = SharedFile.OpenAlone(path, FileMode.OpenOrCreate);
        file.SetLength(WholeLines(file));
        file.Seek(0, SeekOrigin.End);
        file.Write(lines);
    }

    /// <summary>Reads all figures, in the order of step, time and value.</summary>
    /// <exception cref="TrackingException">A line isn't one of a metric.</exception>
    public static IReadOnlyList<Metric> Read(string key, string path)
    {
        string text = SharedFile.Read(path);
        string whole = text[..(text.LastIndexOf('\n') + 1)]; // another process may be in the middle of a line
        return RunRecord.Ordered(whole.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select((line, number) => Parse(key, line, path, number + 1)));
    }

    private static string Line(Metric metric) => string.Create(CultureInfo.InvariantCulture, $"{metric.Timestamp.ToUnixTimeMilliseconds()} {PythonFloat.Text(metric.Value)} {metric.Step}\n");

    private static Metric Parse(string key, string line, string path, int number)
    {
        string[] parts = line.Trim().Split(Blank);
        long step = 0;
        if (parts.Length is 2 or 3 && long.TryParse(parts[0], CultureInfo.InvariantCulture, out long timestamp) && PythonFloat.TryParse(parts[1], out double value)
            && (parts.Length == 2 || long.TryParse(parts[2], CultureInfo.InvariantCulture, out step)))
            return new Metric(key, value, DateTimeOffset.FromUnixTimeMilliseconds(timestamp), step);
        throw new TrackingException($"Line {number} of '{path}' is '{line}'; it must be a metric's \"timestamp value step\". Repair or delete that line.");
    }

    // The length up to the last line's end.
    private static long WholeLines(FileStream file)
    {
        for (long end = file.Length; end > 0; end--)
        {
            file.Seek(end - 1, SeekOrigin.Begin);
            if (file.ReadByte() == '\n') return end;
        }

        return 0;
    }
}
