using System.Globalization;

namespace LineRec.Bench.Vectors;

/// <summary>Settings are written as the report shows them, such as "nprobe=16,k_factor=2".</summary>
internal static class Setting
{
    /// <summary>The value of a name.</summary>
    public static string Text(string setting, string name)
    {
        foreach (string part in setting.Split(','))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && part[..equals] == name) return part[(equals + 1)..];
        }

        throw new ArgumentException($"The setting '{setting}' says nothing of {name}.");
    }

    public static int Int(string setting, string name) => int.Parse(Text(setting, name), CultureInfo.InvariantCulture);

    public static double Number(string setting, string name) => double.Parse(Text(setting, name), CultureInfo.InvariantCulture);
}
