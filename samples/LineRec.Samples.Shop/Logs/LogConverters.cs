namespace LineRec.Samples.Shop.Logs;

/// <summary>All kinds of log that the sample reads.</summary>
public static class LogConverters
{
    /// <summary>All converters; the first that accepts a folder converts it.</summary>
    public static IReadOnlyList<ILogConverter> All { get; } = [new ContractLog(), new OnlineRetailLog(), new CompleteJourneyLog(), new YoochooseLog(), new TrivagoLog()];

    /// <summary>Finds the converter of a folder.</summary>
    /// <param name="directory">The folder.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">No converter accepts it; the message lists the layouts that there are.</exception>
    public static ILogConverter Detect(string directory)
    {
        if (!Directory.Exists(directory)) throw new DirectoryNotFoundException($"There is no folder '{directory}'.");
        return All.FirstOrDefault(c => c.Accepts(directory)) ?? throw new InvalidDataException(
            $"'{directory}' holds no log that is known here. It needs one of:{string.Concat(All.Select(c => $"\n  {c.Dataset}: {c.Layout}"))}");
    }
}
