using System.Text.Json;

namespace LineRec.Recipes;

/// <summary>Rows that can't be converted: counted by reason, and kept with it, one JSON document a line.</summary>
internal sealed class Quarantine(string path) : IDisposable
{
    private StreamWriter? _file;

    /// <summary>How many, by reason.</summary>
    public SortedDictionary<string, long> Reasons { get; } = new(StringComparer.Ordinal);

    /// <summary>How many.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a row.</summary>
    /// <param name="reason">Why, without what is particular to the row.</param>
    /// <param name="row">The row, or what is known of it.</param>
    public void Add(string reason, object row)
    {
        if (_file is null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            _file = new StreamWriter(path);
        }

        Count++;
        Reasons[reason] = Reasons.GetValueOrDefault(reason) + 1;
        _file.WriteLine(JsonSerializer.Serialize(new { reason, row }));
    }

    public void Dispose() => _file?.Dispose();
}
