using System.Globalization;

namespace LineRec.Recipes;

/// <summary>The values of one setting that a sweep tries.</summary>
/// <param name="Setting">The setting's name: "two_tower.learning_rate".</param>
/// <param name="Kind">How values are drawn.</param>
/// <param name="Values">The two ends, or for <see cref="SweepRangeKind.Choice"/> all that there are.</param>
internal sealed record SweepRange(string Setting, SweepRangeKind Kind, IReadOnlyList<string> Values)
{
    /// <summary>Four digits say all that a search can tell apart, and keep the file that holds the best readable.</summary>
    private const string Digits = "G4";

    /// <summary>The value at a place of the range.</summary>
    /// <param name="place">From 0 to under 1; evenly drawn places give the values of the kind's distribution.</param>
    /// <returns>The value as a configuration file writes it.</returns>
    public string At(double place) => Kind switch
    {
        SweepRangeKind.Choice => Values[(int)(place * Values.Count)],
        SweepRangeKind.Integer => (Low + Math.Floor(place * (High - Low + 1))).ToString(CultureInfo.InvariantCulture),
        SweepRangeKind.LogUniform => Rounded(Math.Exp(Math.Log(Low) + (place * (Math.Log(High) - Math.Log(Low))))),
        _ => Rounded(Low + (place * (High - Low))),
    };

    /// <summary>Values that show what the range holds: all of a choice, else those at some places.</summary>
    public IEnumerable<string> Samples(IEnumerable<double> places) => Kind == SweepRangeKind.Choice ? Values : places.Select(At);

    private double Low => Number(Values[0]);

    private double High => Number(Values[1]);

    /// <summary>The number, or NaN where it is none.</summary>
    public static double Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : double.NaN;

    private string Rounded(double value) => Math.Clamp(Number(value.ToString(Digits, CultureInfo.InvariantCulture)), Low, High).ToString(CultureInfo.InvariantCulture);

    public override string ToString() => $"{Setting}: {KindName(Kind)} {string.Join(" ", Values)}";

    /// <summary>The kind as the file names it.</summary>
    public static string KindName(SweepRangeKind kind) => kind switch
    {
        SweepRangeKind.LogUniform => "log_uniform",
        SweepRangeKind.Uniform => "uniform",
        SweepRangeKind.Integer => "integer",
        _ => "choice",
    };
}
