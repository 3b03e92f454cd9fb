using System.Globalization;
using LineRec.Data;

namespace LineRec.Recipes;

/// <summary>The hash of a log up to a date. In a log that is partitioned by date (<c>events/date=2026-01-31/…</c>) later days don't change it.</summary>
internal static class LogFingerprint
{
    private const string Partition = "date=";

    /// <summary>Hashes the tables and the events of partitions up to a date; files without a partition count always. O(bytes).</summary>
    public static string Of(string data, DateOnly date) => Of(data, date, FileFingerprint.Of);

    /// <summary>The same by the files' ends alone, where Parquet says what is in a file: for one who reads a share of the log. O(files).</summary>
    public static string OfEnds(string data, DateOnly date) => Of(data, date, FileFingerprint.OfEnd);

    /// <summary>The files with events of partitions up to a date, and those without a partition.</summary>
    public static IEnumerable<string> Events(ShopLog log, DateOnly date) => log.Events.Files.Where(f => DateOf(f) is not { } partition || partition <= date);

    /// <summary>The last day of a log: that of its last partition, or where it has none that of its last event.</summary>
    /// <exception cref="RecipeException">The log is empty.</exception>
    public static DateOnly LastDate(ShopLog log)
    {
        var partitions = log.Events.Files.Select(DateOf).OfType<DateOnly>().ToList();
        if (partitions.Count > 0) return partitions.Max();
        return log.ReadTimeRange() is { } range
            ? DateOnly.FromDateTime(range.Last.UtcDateTime)
            : throw new RecipeException(RecipeFault.Input, $"'{log.DirectoryPath}' holds no events. Give a folder with events to --data.");
    }

    /// <summary>The date of the partition that a file lies in; null where its path names none.</summary>
    public static DateOnly? DateOf(string file) => Path.GetDirectoryName(file)!.Split('/', '\\')
        .Where(part => part.StartsWith(Partition, StringComparison.Ordinal))
        .Select(part => DateOnly.TryParseExact(part[Partition.Length..], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : (DateOnly?)null)
        .LastOrDefault();

    private static string Of(string data, DateOnly date, Func<string, string> hash)
    {
        string[] tables = [.. new[] { ShopLogLayout.ItemsFile, ShopLogLayout.UsersFile, ShopLogLayout.CampaignsFile }.Select(f => Path.Combine(data, f)).Where(File.Exists)];
        return FileFingerprint.Of(tables.Concat(Events(ShopLog.Open(data), date)).Select(f => KeyValuePair.Create(Path.GetRelativePath(data, f).Replace('\\', '/'), hash(f))));
    }
}
