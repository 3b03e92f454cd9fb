using System.Globalization;
using System.IO.Compression;

namespace LineRec.Training;

/// <summary>
/// Reads interactions from text, plain or .gz, with whitespace between numbers from 0: a line a user, <c>user item item …</c>
/// (the LightGCN split), or a line a pair, <c>user item 1</c>. A file is of pairs if every line has three numbers and the last is always 1.
/// </summary>
public static class InteractionFile
{
    /// <summary>Reads files of one data set, such as train and test, into matrices of one shape: that of the largest numbers in any of them.</summary>
    /// <exception cref="InvalidDataException">A line isn't numbers from 0; the message names the file and the line.</exception>
    public static IReadOnlyList<InteractionMatrix> Read(params IReadOnlyList<string> paths)
    {
        var parts = paths.Select(ReadPairs).ToList();
        int users = parts.Max(p => Largest(p.Users)) + 1, items = parts.Max(p => Largest(p.Items)) + 1;
        return [.. parts.Select(p => InteractionMatrix.FromPairs(p.Users, p.Items, users, items))];
    }

    private static int Largest(int[] numbers) => numbers.Length == 0 ? -1 : numbers.Max();

    private static (int[] Users, int[] Items) ReadPairs(string path)
    {
        List<int[]> lines = [];
        using var reader = Open(path);
        for (int number = 1; reader.ReadLine() is { } line; number++) lines.Add(Parse(line, path, number));
        bool pairs = lines.All(l => l is [] or [_, _, 1]);
        List<int> users = [], items = [];
        foreach (int[] line in lines.Where(l => l.Length > 0))
        {
            foreach (int item in pairs ? line.AsSpan(1, 1) : line.AsSpan(1))
            {
                users.Add(line[0]);
                items.Add(item);
            }
        }

        return ([.. users], [.. items]);
    }

    private static StreamReader Open(string path)
    {
        Stream file = File.OpenRead(path);
        return new StreamReader(path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file);
    }

    private static int[] Parse(string line, string path, int number)
    {
        var values = new List<int>();
        foreach (var range in line.AsSpan().Split(' '))
        {
            var text = line.AsSpan()[range].Trim();
            if (text.IsEmpty) continue;
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) || value == int.MaxValue)
                throw new InvalidDataException($"{path}, line {number}: '{text}' is not a number of a user or an item; they count from 0, with spaces between.");
            values.Add(value);
        }

        return [.. values];
    }
}
