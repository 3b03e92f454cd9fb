using System.Globalization;

namespace LineRec.Bench.Vectors;

/// <summary>What the graphs share.</summary>
internal static class Graphs
{
    /// <summary>How many nodes a search keeps, from k on.</summary>
    public static IReadOnlyList<string> Breadths(string name) =>
        [.. new[] { 100, 115, 130, 150, 175, 200, 240, 280, 330, 400, 480, 560, 660, 800, 1000, 1200, 1500, 2000, 2600 }.Select(ef => string.Create(CultureInfo.InvariantCulture, $"{name}={ef}"))];
}
