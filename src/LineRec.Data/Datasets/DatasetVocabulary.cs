using System.Text;

namespace LineRec.Data;

/// <summary>Numbers for texts that are known beforehand, such as the rows of a catalog: a text column is read as these numbers at once.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class DatasetVocabulary
{
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    /// <summary>Numbers texts from 0 in the order given.</summary>
    /// <param name="texts">Distinct texts.</param>
    /// <exception cref="ArgumentException">A text comes twice.</exception>
    public DatasetVocabulary(IEnumerable<string> texts)
    {
        foreach (string text in texts)
        {
            if (!_codes.TryAdd(text, _codes.Count)) throw new ArgumentException($"'{text}' comes twice; each text has one number. Drop the double.", nameof(texts));
        }

        _lookup = _codes.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>How many texts there are.</summary>
    public int Count => _codes.Count;

    /// <summary>The number of a text.</summary>
    /// <param name="utf8">The text in UTF-8.</param>
    /// <returns>0 to Count - 1, or -1 where it isn't known.</returns>
    public int Find(ReadOnlySpan<byte> utf8)
    {
        Span<char> buffer = stackalloc char[256];
        return utf8.Length <= buffer.Length
            ? _lookup.TryGetValue(buffer[..Encoding.UTF8.GetChars(utf8, buffer)], out int code) ? code : -1
            : _codes.GetValueOrDefault(Encoding.UTF8.GetString(utf8), -1);
    }
}
