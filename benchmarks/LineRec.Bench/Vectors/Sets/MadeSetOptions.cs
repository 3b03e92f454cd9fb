using System.Globalization;

namespace LineRec.Bench.Vectors;

/// <summary>What set is made.</summary>
internal sealed record MadeSetOptions
{
    public int Rows { get; init; } = 1_000_000;

    public int Dimension { get; init; } = 64;

    public int Queries { get; init; } = 2_000;

    /// <summary>Gaussian clusters with queries of the same mixture, which flatters inverted lists, instead of the hard set.</summary>
    public bool Easy { get; init; }

    public ulong Seed { get; init; } = 20_240_501;

    public string Name => "made " + Text;

    /// <summary>What --make takes for it.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Rows}x{Dimension}:{(Easy ? "easy" : "hard")}");

    /// <summary>Reads what --make takes, such as 1000000x64 or 100000x128:easy.</summary>
    public static MadeSetOptions Parse(string text)
    {
        string[] kind = text.Split(':');
        string[] size = kind[0].Split('x');
        if (size.Length != 2 || kind.Length > 2 || (kind.Length == 2 && kind[1] is not ("easy" or "hard")) ||
            !int.TryParse(size[0], NumberStyles.None, CultureInfo.InvariantCulture, out int rows) || rows < 1 ||
            !int.TryParse(size[1], NumberStyles.None, CultureInfo.InvariantCulture, out int dimension) || dimension < 1)
            throw new ArgumentException($"--make takes ROWSxDIMENSION, ROWSxDIMENSION:hard or ROWSxDIMENSION:easy, such as 1000000x64:hard; found '{text}'.");
        return new MadeSetOptions { Rows = rows, Dimension = dimension, Easy = kind is [_, "easy"] };
    }
}
