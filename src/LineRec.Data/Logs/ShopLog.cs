namespace LineRec.Data;

/// <summary>
/// A shop's log: a folder with events.parquet (or events/*.parquet), items.parquet, and optional users.parquet, campaigns.parquet and user_points.parquet.
/// </summary>
/// <remarks>Thread-safe; every call reads the files anew.</remarks>
public sealed class ShopLog
{
    private ShopLog(string directory, EventReader events) => (DirectoryPath, Events) = (directory, events);

    /// <summary>The folder.</summary>
    public string DirectoryPath { get; }

    /// <summary>The events table.</summary>
    public EventReader Events { get; }

    /// <summary>Opens a log folder. Tables are only looked for, not read.</summary>
    /// <param name="directory">The folder.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">The folder lacks the events or the items table.</exception>
    public static ShopLog Open(string directory)
    {
        if (!Directory.Exists(directory)) throw new DirectoryNotFoundException($"There is no folder '{directory}'.");
        string folder = Path.Combine(directory, ShopLogLayout.EventsFolder), file = Path.Combine(directory, ShopLogLayout.EventsFile);
        string items = Path.Combine(directory, ShopLogLayout.ItemsFile);
        if (!Directory.Exists(folder) && !File.Exists(file))
            throw new FileNotFoundException($"'{directory}' is no log: it needs {ShopLogLayout.EventsFile} or {ShopLogLayout.EventsFolder}/*.parquet.", file);
        if (!File.Exists(items)) throw new FileNotFoundException($"'{directory}' is no log: it needs {ShopLogLayout.ItemsFile}.", items);
        return new ShopLog(directory, new EventReader(Directory.Exists(folder) ? folder : file));
    }

    /// <summary>Whether a folder looks like a log.</summary>
    /// <param name="directory">The folder.</param>
    public static bool IsLog(string directory) =>
        File.Exists(Path.Combine(directory, ShopLogLayout.ItemsFile)) &&
        (File.Exists(Path.Combine(directory, ShopLogLayout.EventsFile)) || Directory.Exists(Path.Combine(directory, ShopLogLayout.EventsFolder)));

    /// <summary>Reads the items table; see <see cref="ItemTable.Read"/>.</summary>
    public Catalog ReadCatalog() => ItemTable.Read(Path.Combine(DirectoryPath, ShopLogLayout.ItemsFile));

    /// <summary>Reads the users table; null where there is none.</summary>
    public UserTable? ReadUsers() => Path.Combine(DirectoryPath, ShopLogLayout.UsersFile) is var path && File.Exists(path) ? UserTable.Read(path) : null;

    /// <summary>Reads the campaigns table; empty where there is none.</summary>
    public IReadOnlyList<Campaign> ReadCampaigns() => Path.Combine(DirectoryPath, ShopLogLayout.CampaignsFile) is var path && File.Exists(path) ? CampaignTable.Read(path) : [];

    /// <summary>Reads the table of loyalty points, streamed; empty where there is none. A host feeds its <see cref="IUserPoints"/> with them.</summary>
    public IEnumerable<UserPointsLot> ReadUserPoints() => Path.Combine(DirectoryPath, ShopLogLayout.UserPointsFile) is var path && File.Exists(path) ? UserPointsTable.Read(path) : [];

    /// <summary>Reads all events, a row group at a time; see <see cref="EventReader.Read"/>.</summary>
    /// <param name="columns">Which optional columns are wanted.</param>
    public IEnumerable<EventBatch> ReadEvents(EventColumns columns = EventColumns.All) => Events.Read(columns);

    /// <summary>
    /// Reads events into a table by user. Users are in ordinal order of their id, a user's events by time, those of one time in the
    /// file's order. Events of items that the catalog doesn't hold are left out.
    /// O(events log events); 17 bytes an event and as much again while it is built. Row groups that can't hold anything of the window, by what their file's footer says of their times, aren't read.
    /// </summary>
    /// <param name="catalog">Gives the rows.</param>
    /// <param name="types">The types wanted; default: all but impressions and searches.</param>
    /// <param name="from">Inclusive start; default: all.</param>
    /// <param name="to">Exclusive end; default: all.</param>
    /// <param name="users">The users wanted; default: all. Memory is that of their events; all of the log is read.</param>
    /// <exception cref="InvalidDataException">See <see cref="EventReader.Read"/>.</exception>
    public InteractionTable ReadInteractions(Catalog catalog, IReadOnlyCollection<EventType>? types = null, DateTimeOffset? from = null, DateTimeOffset? to = null, IReadOnlySet<string>? users = null) =>
        InteractionLoader.Load(Events.Files, catalog, types ?? [EventType.Click, EventType.Cart, EventType.Purchase, EventType.Favourite], from, to, users);

    /// <summary>
    /// Reads the impressions as the lists that were shown, streamed, in order of first appearance. Impressions of one placement and request_id are one list if they are at
    /// most one row group apart, those without anything of the window not counted; without a request_id, those of one user, placement and time. A click or purchase belongs
    /// to the impression of the same request_id and item, and counts if it is in the window, too.
    /// Items that the catalog doesn't hold are left out, as are lists without any other.
    /// </summary>
    /// <param name="catalog">Gives the rows.</param>
    /// <param name="from">Inclusive start of impressions, clicks and purchases; default: all.</param>
    /// <param name="to">Exclusive end of impressions, clicks and purchases: what happens later isn't seen; default: all.</param>
    /// <param name="placements">Only lists of these placements; default: all.</param>
    /// <remarks>
    /// Two passes over the row groups that may hold something of the window, by what the files' footers say of their times. Memory: the window's clicks and purchases that carry a
    /// request_id, and about one row group of lists.
    /// </remarks>
    /// <exception cref="InvalidDataException">See <see cref="EventReader.Read"/>.</exception>
    public IEnumerable<ImpressionList> ReadImpressions(Catalog catalog, DateTimeOffset? from = null, DateTimeOffset? to = null, IReadOnlyCollection<string>? placements = null) =>
        ImpressionLoader.Load(Events, catalog, from, to, placements);

    /// <summary>The first event's and the last event's time, in one pass over the times; null for an empty log.</summary>
    /// <exception cref="InvalidDataException">See <see cref="EventReader.Read"/>.</exception>
    public (DateTimeOffset First, DateTimeOffset Last)? ReadTimeRange()
    {
        long first = long.MaxValue, last = long.MinValue;
        foreach (string file in Events.Files)
        {
            using var table = ParquetTable.Open(file);
            var decoder = new EventDecoder(table);
            for (int group = 0; group < table.RowGroupCount; group++)
            {
                foreach (long time in decoder.Times(group)) (first, last) = (Math.Min(first, time), Math.Max(last, time));
            }
        }

        return first > last ? null : (DateTimeOffset.FromUnixTimeMilliseconds(first), DateTimeOffset.FromUnixTimeMilliseconds(last));
    }
}
