using LineRec.Data;

namespace LineRec.Recipes;

/// <summary>Files of others become a log: made aside and put into its place at once.</summary>
internal static class LogConversion
{
    private const string QuarantineFolder = "quarantine";

    /// <summary>Converts.</summary>
    /// <param name="options">What and how.</param>
    /// <param name="output">The log's folder; what an earlier conversion wrote there is replaced.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RecipeException">A file or column is missing, or more rows are bad than may be.</exception>
    public static ConversionReport Run(ConversionOptions options, string output, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(output);
        using var alone = RunLock.Take(output);
        string aside = Path.Combine(output, ".making"), quarantined = Path.Combine(output, QuarantineFolder);
        Remove(aside);
        Remove(quarantined);
        try
        {
            using var source = new SourceFiles(Path.Combine(aside, "scratch"));
            using Quarantine badEvents = new(Path.Combine(quarantined, "events.jsonl")), badItems = new(Path.Combine(quarantined, "items.jsonl"));
            var conversion = new EventConversion(source, options, badEvents);
            var (events, days) = conversion.Run(aside, cancellationToken);
            RequireGood(badEvents, events, options.MaxBadShare, quarantined);
            var items = options.Items is null ? new Catalog([.. conversion.Items.Order(StringComparer.Ordinal)], []) : new ItemConversion(source, options, badItems).Read();
            RequireGood(badItems, items.Count, options.MaxBadShare, quarantined);
            ItemTable.Write(Path.Combine(aside, ShopLogLayout.ItemsFile), items);
            Replace(aside, output);
            var reasons = badEvents.Reasons.Select(r => KeyValuePair.Create("events: " + r.Key, r.Value)).Concat(badItems.Reasons.Select(r => KeyValuePair.Create("items: " + r.Key, r.Value)));
            return new ConversionReport(Path.GetFullPath(output), events, days, items.Count, new SortedDictionary<string, long>(reasons.ToDictionary(), StringComparer.Ordinal), badEvents.Count + badItems.Count > 0 ? quarantined : null);
        }
        finally
        {
            Remove(aside);
        }
    }

    private static void RequireGood(Quarantine bad, long good, double most, string folder)
    {
        if (good == 0 || bad.Count > most * (good + bad.Count))
        {
            throw new RecipeException(
                RecipeFault.Input,
                $"{bad.Count} of {good + bad.Count} rows are bad ({string.Join("; ", bad.Reasons.OrderByDescending(r => r.Value).Take(3).Select(r => $"{r.Value} × {r.Key}"))}). Nothing was converted; the rows are in '{folder}'. Correct --map or --type, or allow more by --max-bad.");
        }
    }

    private static void Replace(string aside, string output)
    {
        string events = Path.Combine(output, ShopLogLayout.EventsFolder);
        Remove(events);
        Directory.Move(Path.Combine(aside, ShopLogLayout.EventsFolder), events);
        File.Move(Path.Combine(aside, ShopLogLayout.ItemsFile), Path.Combine(output, ShopLogLayout.ItemsFile), overwrite: true);
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }
}
