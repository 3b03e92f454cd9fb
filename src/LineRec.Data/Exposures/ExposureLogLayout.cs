using System.Globalization;

namespace LineRec.Data;

/// <summary>How the compacted log is laid out: date=2026-01-31/part-00000.parquet, by the day, UTC, of a request.</summary>
internal static class ExposureLogLayout
{
    private const string DatePrefix = "date=";

    public static string PartitionOf(long unixMilliseconds) =>
        DatePrefix + DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds).UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The day of a file, from midnight to midnight; null where its folder names none.</summary>
    public static (DateTimeOffset From, DateTimeOffset To)? DayOf(string file)
    {
        string folder = Path.GetFileName(Path.GetDirectoryName(file)) ?? "";
        if (!folder.StartsWith(DatePrefix, StringComparison.Ordinal)) return null;
        if (!DateOnly.TryParseExact(folder[DatePrefix.Length..], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return null;
        var from = new DateTimeOffset(date, TimeOnly.MinValue, TimeSpan.Zero);
        return (from, from.AddDays(1));
    }

    /// <summary>A name for the next file of a partition.</summary>
    public static string NextFile(string partition)
    {
        const string Prefix = "part-";
        int next = 0;
        if (Directory.Exists(partition))
        {
            foreach (string file in Directory.EnumerateFiles(partition, Prefix + "*.parquet"))
            {
                if (int.TryParse(Path.GetFileNameWithoutExtension(file)[Prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out int number)) next = Math.Max(next, number + 1);
            }
        }

        return Path.Combine(partition, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{next:D5}.parquet"));
    }
}
