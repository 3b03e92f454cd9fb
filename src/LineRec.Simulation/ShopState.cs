using System.Text;

namespace LineRec.Simulation;

/// <summary>The file with which a paused simulation goes on: its options, the days that are over, what users did and what the shop has counted. Everything else follows from the options.</summary>
internal static class ShopState
{
    /// <summary>The file's name in the log's folder.</summary>
    public const string FileName = "simulation.state";

    private const string Mark = "LineRec simulation 1";

    /// <summary>Replaces the file at once.</summary>
    public static void Write(string directory, ShopSimulationOptions options, int day, ShopUser[] users, ShopBoard board) => DurableFile.Replace(Path.Combine(directory, FileName), aside =>
    {
        using var writer = new BinaryWriter(File.Create(aside), Encoding.UTF8);
        writer.Write(Mark);
        Write(writer, options);
        writer.Write(day);
        foreach (var user in users) Write(writer, user);
        board.Write(writer);
        writer.Write(Mark); // whole
    });

    /// <summary>The options, the days that are over, and how to give users and board what they had.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static (ShopSimulationOptions Options, int Day) Read(string directory, Action<ShopSimulationOptions, BinaryReader> restore)
    {
        string path = Path.Combine(directory, FileName);
        if (!File.Exists(path)) throw new FileNotFoundException($"'{directory}' holds no simulation that was paused ('{FileName}'). Simulate its first days and pause it then.", path);
        try
        {
            using var reader = new BinaryReader(File.OpenRead(path), Encoding.UTF8);
            Expect(reader, path);
            var (options, day) = (ReadOptions(reader), reader.ReadInt32());
            options.Validate();
            restore(options, reader);
            Expect(reader, path);
            return (options, day);
        }
        catch (Exception e) when (e is EndOfStreamException or ArgumentException or FormatException)
        {
            throw new InvalidDataException($"'{path}' is damaged: {e.Message} Simulate anew.", e);
        }
    }

    /// <summary>Gives a user what it had.</summary>
    public static void Read(BinaryReader reader, ShopUser user)
    {
        for (int left = reader.ReadInt32(); left > 0; left--) user.Purchases.Add((reader.ReadInt32(), reader.ReadInt64()));
        for (int left = reader.ReadInt32(); left > 0; left--) user.Clicked.Add(reader.ReadInt32());
    }

    private static void Write(BinaryWriter writer, ShopUser user)
    {
        writer.Write(user.Purchases.Count);
        foreach (var (item, time) in user.Purchases)
        {
            writer.Write(item);
            writer.Write(time);
        }

        writer.Write(user.Clicked.Count);
        foreach (int item in user.Clicked) writer.Write(item);
    }

    private static void Write(BinaryWriter writer, ShopSimulationOptions options)
    {
        writer.Write(options.Seed);
        writer.Write(options.Users);
        writer.Write(options.Items);
        writer.Write(options.Days);
        writer.Write(options.EventTarget);
        writer.Write(options.StartsAt.ToUnixTimeMilliseconds());
    }

    private static ShopSimulationOptions ReadOptions(BinaryReader reader) => new()
    {
        Seed = reader.ReadUInt64(),
        Users = reader.ReadInt32(),
        Items = reader.ReadInt32(),
        Days = reader.ReadInt32(),
        EventTarget = reader.ReadInt64(),
        StartsAt = DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64()),
        PartitionByDate = true,
    };

    private static void Expect(BinaryReader reader, string path)
    {
        if (reader.ReadString() != Mark) throw new InvalidDataException($"'{path}' isn't a paused simulation that this version reads. Simulate anew.");
    }
}
