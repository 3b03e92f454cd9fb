using System.Globalization;

namespace LineRec.Recipes;

/// <summary>One setting: its name in the file, what it means, what it may be, and where its value lives.</summary>
/// <param name="Name">Its place in the file: "two_tower.epochs".</param>
/// <param name="Meaning">What it does, for people.</param>
/// <param name="Rule">What it may be, for messages.</param>
/// <param name="Read">Its value as the file writes it.</param>
/// <param name="Apply">The settings with a value from the file; null where the value breaks the rule.</param>
internal sealed record Setting(string Name, string Meaning, string Rule, Func<RecipeSettings, string> Read, Func<RecipeSettings, string, RecipeSettings?> Apply)
{
    /// <summary>A whole number.</summary>
    public static Setting Integer(string name, int low, int high, string meaning, Func<RecipeSettings, int> read, Func<RecipeSettings, int, RecipeSettings> write) => new(
        name,
        meaning,
        string.Create(CultureInfo.InvariantCulture, $"a whole number from {low} to {high}"),
        s => read(s).ToString(CultureInfo.InvariantCulture),
        (s, text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= low && value <= high ? write(s, value) : null);

    /// <summary>A number.</summary>
    public static Setting Number(string name, double low, double high, string meaning, Func<RecipeSettings, double> read, Func<RecipeSettings, double, RecipeSettings> write) => new(
        name,
        meaning,
        string.Create(CultureInfo.InvariantCulture, $"a number from {low} to {high}"),
        s => read(s).ToString(CultureInfo.InvariantCulture),
        (s, text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= low && value <= high ? write(s, value) : null);

    /// <summary>One of some words.</summary>
    public static Setting Choice(string name, string[] words, string meaning, Func<RecipeSettings, string> read, Func<RecipeSettings, string, RecipeSettings> write) => new(
        name,
        meaning,
        "one of " + string.Join(", ", words),
        read,
        (s, text) => words.Contains(text) ? write(s, text) : null);

    /// <summary>A text that a test accepts.</summary>
    public static Setting Text(string name, string rule, Func<string, bool> holds, string meaning, Func<RecipeSettings, string> read, Func<RecipeSettings, string, RecipeSettings> write) => new(
        name, meaning, rule, read, (s, text) => holds(text) ? write(s, text) : null);
}
