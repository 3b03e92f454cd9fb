namespace LineRec.Data;

/// <summary>Small logs that tests share.</summary>
internal static class SampleEvents
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static EventRow Event(string user, string? item, EventType type, double minute) =>
        new(user, item, type, Start.AddMinutes(minute).ToUnixTimeMilliseconds());

    public static EventRow Shown(string user, string item, double minute, string? request, int position, string placement = "home") =>
        Event(user, item, EventType.Impression, minute) with { RequestId = request, Position = position, Placement = placement };

    public static void Write(string path, IEnumerable<EventRow> events, EventColumns columns = EventColumns.All, int rowGroupSize = 1000, int fileSize = EventWriter.DefaultFileSize)
    {
        using var writer = new EventWriter(path, columns, rowGroupSize, fileSize);
        foreach (var row in events) writer.Write(row);
        writer.Complete();
    }

    public static Catalog Catalog(params string[] ids) => new(ids, []);
}
