using System.Globalization;

namespace LineRec.Tracking;

/// <summary>Numbers as Python writes and reads them: MLflow's files hold str(float).</summary>
internal static class PythonFloat
{
    private const int FirstExponent = -4, LastExponent = 15; // outside, Python writes an exponent

    /// <summary>The shortest text that reads back as the same number: "0.1", "1.0", "1e-05", "1e+16", "nan", "-inf".</summary>
    public static string Text(double value)
    {
        if (double.IsNaN(value)) return "nan";
        if (double.IsInfinity(value)) return value > 0 ? "inf" : "-inf";
        if (value == 0) return double.IsNegative(value) ? "-0.0" : "0.0";
        string sign = value < 0 ? "-" : "";
        var (digits, exponent) = Shortest(Math.Abs(value));
        if (exponent is < FirstExponent or > LastExponent)
            return $"{sign}{digits[0]}{(digits.Length > 1 ? "." + digits[1..] : "")}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture)}";
        if (exponent < 0) return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        return digits.Length > exponent + 1 ? $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}" : $"{sign}{digits.PadRight(exponent + 1, '0')}.0";
    }

    public static bool TryParse(string text, out double value)
    {
        switch (text)
        {
            case "nan": value = double.NaN; return true;
            case "inf": value = double.PositiveInfinity; return true;
            case "-inf": value = double.NegativeInfinity; return true;
            default: return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
        }
    }

    // The digits d₁d₂… and the exponent e of d₁.d₂… × 10^e.
    private static (string Digits, int Exponent) Shortest(double value)
    {
        string[] parts = value.ToString("R", CultureInfo.InvariantCulture).Split('E');
        string[] around = parts[0].Split('.');
        string all = string.Concat(around), digits = all.TrimStart('0');
        int exponent = around[0].Length - 1 - (all.Length - digits.Length) + (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0);
        return (digits.TrimEnd('0'), exponent);
    }
}
