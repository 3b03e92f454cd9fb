using LineRec.Data;

namespace LineRec.Samples.Shop.Logs;

/// <summary>
/// "Yoochoose" (RecSys Challenge 2015, prepared sample): click sessions with their own train and test files. A user is a session; the split
/// is the first click of the test file, and no session is on both sides.
/// </summary>
public sealed class YoochooseLog : ILogConverter
{
    private const string TrainEnd = "_train_full.txt", TestEnd = "_test.txt";

    /// <inheritdoc/>
    public string Dataset => "yoochoose-100k";

    /// <inheritdoc/>
    public string Layout => "NAME_train_full.txt(.gz) and NAME_test.txt(.gz), tab-separated: SessionId, ItemId, Time";

    /// <inheritdoc/>
    public bool Accepts(string directory) => Find(directory, TrainEnd) is not null && Find(directory, TestEnd) is not null;

    /// <inheritdoc/>
    public ShopLogInfo Convert(string directory, string outDirectory)
    {
        var train = Read(directory, Find(directory, TrainEnd)!);
        var test = Read(directory, Find(directory, TestEnd)!);
        if (train.Count == 0 || test.Count == 0) throw new InvalidDataException($"'{directory}' holds {train.Count} train and {test.Count} test clicks; it needs both.");
        long split = test.Min(c => c.UnixMilliseconds), end = test.Max(c => c.UnixMilliseconds) + 1;
        if (train.Max(c => c.UnixMilliseconds) is var lastTrain && lastTrain >= split)
            throw new InvalidDataException($"'{directory}': train goes on until {At(lastTrain):u} and test begins at {At(split):u}; a split by time needs train to end before.");
        if (train.Select(c => c.UserId).ToHashSet().Overlaps(test.Select(c => c.UserId))) throw new InvalidDataException($"'{directory}': a session is in both files.");

        var clicks = train.Concat(test).OrderBy(c => c.UnixMilliseconds).ToList();
        using (var events = new EventWriter(Path.Combine(outDirectory, ShopLogLayout.EventsFolder)))
        {
            foreach (var click in clicks) events.Write(click);
            events.Complete();
        }

        var firstSeen = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var click in clicks) firstSeen.TryAdd(click.ItemId!, click.UnixMilliseconds);
        ItemTable.Write(Path.Combine(outDirectory, ShopLogLayout.ItemsFile), new Catalog([.. firstSeen.Keys], [new TimeColumn(CatalogColumns.ListedAt, [.. firstSeen.Values])]));
        return new ShopLogInfo(Dataset, outDirectory, At(split), At(end), ["next_click"])
        {
            UsersAreSessions = true,
            Summary = $"{train.Count:n0} clicks of {train.Select(c => c.UserId).Distinct().Count():n0} sessions to learn from, {test.Count:n0} of {test.Select(c => c.UserId).Distinct().Count():n0} to test on, {firstSeen.Count:n0} items",
        };
    }

    private static List<EventRow> Read(string directory, string name)
    {
        var clicks = new List<EventRow>();
        using var file = DelimitedFile.Open(directory, name, '\t', isQuoted: false);
        int session = file.Column("SessionId"), item = file.Column("ItemId"), time = file.Column("Time");
        while (file.Read()) clicks.Add(new EventRow(file.Text(session), file.Text(item), EventType.Click, file.UnixSeconds(time).ToUnixTimeMilliseconds()));
        return clicks;
    }

    private static string? Find(string directory, string ending) => Directory.EnumerateFiles(directory)
        .Select(f => Path.GetFileName(f) is var name && name.EndsWith(".gz", StringComparison.Ordinal) ? name[..^3] : name)
        .Order(StringComparer.Ordinal).FirstOrDefault(name => name.EndsWith(ending, StringComparison.Ordinal));

    private static DateTimeOffset At(long unixMilliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds);
}
