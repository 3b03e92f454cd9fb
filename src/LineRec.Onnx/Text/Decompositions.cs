using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace LineRec.Onnx;

/// <summary>
/// Characters without their accents, by a table of our own: string.Normalize needs ICU, and leaves everything as it is on a host of the
/// invariant culture, where the same title would get another vector.
/// </summary>
internal static class Decompositions
{
    private const int HangulFirst = 0xAC00, HangulCount = 11_172, LeadFirst = 0x1100, VowelFirst = 0x1161, TailFirst = 0x11A7, VowelCount = 21, TailCount = 28;
    private static readonly Lazy<FrozenDictionary<int, Rune[]>> Table = new(Load);

    /// <summary>The canonical decomposition of a character, without non-spacing marks.</summary>
    /// <param name="rune">The character.</param>
    /// <param name="parts">Room for 3.</param>
    /// <returns>How many parts there are; 0 for a mark.</returns>
    internal static int Strip(Rune rune, Span<Rune> parts)
    {
        if (rune.Value - HangulFirst is >= 0 and < HangulCount and var syllable)
        {
            // The Unicode Standard, 3.12: a syllable is a lead, a vowel and perhaps a tail.
            parts[0] = new Rune(LeadFirst + (syllable / (VowelCount * TailCount)));
            parts[1] = new Rune(VowelFirst + (syllable % (VowelCount * TailCount) / TailCount));
            parts[2] = new Rune(TailFirst + (syllable % TailCount));
            return syllable % TailCount == 0 ? 2 : 3;
        }

        if (Table.Value.TryGetValue(rune.Value, out var found))
        {
            found.CopyTo(parts);
            return found.Length;
        }

        parts[0] = rune;
        return Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark ? 0 : 1;
    }

    private static FrozenDictionary<int, Rune[]> Load()
    {
        using var reader = new StreamReader(typeof(Decompositions).Assembly.GetManifestResourceStream("Decompositions.txt")!);
        var table = new Dictionary<int, Rune[]>();
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#')) continue;
            int[] points = [.. line.Split(' ').Select(p => int.Parse(p, NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
            table.Add(points[0], [.. points.Skip(1).Select(p => new Rune(p))]);
        }

        return table.ToFrozenDictionary();
    }
}
