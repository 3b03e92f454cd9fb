using YamlDotNet.RepresentationModel;

namespace LineRec.Recipes;

/// <summary>Reads the section sweep.ranges of a configuration file: a line a setting, such as <c>two_tower.learning_rate: { log_uniform: [0.001, 0.1] }</c>.</summary>
internal static class SweepRangesReader
{
    /// <summary>The section's name.</summary>
    public const string Section = "sweep.ranges";

    private const string Form = "{ uniform: [low, high] }, { log_uniform: [low, high] }, { integer: [low, high] } or { choice: [value, …] }";

    /// <summary>Places of a range that are tried before a sweep begins: what a setting doesn't take is said at once.</summary>
    private static readonly double[] Probes = [0, 0.123, 0.318, 0.5, 0.777, 1 - 1e-12];

    /// <summary>Reads the section.</summary>
    /// <param name="node">Its value.</param>
    /// <param name="at">A node's place, for messages.</param>
    /// <param name="suggest">What to say of a name that there isn't.</param>
    /// <param name="errors">Receives what is wrong.</param>
    public static IReadOnlyList<SweepRange> Read(YamlNode node, Func<YamlNode, string> at, Func<string, string> suggest, List<string> errors)
    {
        if (node is not YamlMappingNode mapping)
        {
            errors.Add($"{at(node)}: '{Section}' must be lines of 'setting: range', a range being {Form}.");
            return [];
        }

        var ranges = new List<SweepRange>();
        foreach (var (key, value) in mapping.Children)
        {
            string name = key.ToString();
            if (SettingsSchema.All.FirstOrDefault(s => s.Name == name) is not { } setting) errors.Add($"{at(key)}: there is no setting '{name}'.{suggest(name)}");
            else if (Tried(name) is not { } model || name == SweepModels.Epochs(model)) errors.Add($"{at(key)}: '{name}' can't be swept; the settings of two_tower and rankers can, but for their epochs, which the sweep hands out.");
            else if (Parse(name, value) is not { } range) errors.Add($"{at(value)}: the range of '{name}' must be {Form}, low under high, and over 0 for log_uniform.");
            else if (range.Samples(Probes).FirstOrDefault(v => setting.Apply(new RecipeSettings(), v) is null) is { } wrong) errors.Add($"{at(value)}: the range of '{name}' holds {wrong}; it must be {setting.Rule}.");
            else ranges.Add(range);
        }

        return ranges;
    }

    private static string? Tried(string name) => new[] { SweepModels.TwoTower, SweepModels.Rankers }.FirstOrDefault(m => name.StartsWith(m + ".", StringComparison.Ordinal));

    private static SweepRange? Parse(string name, YamlNode node)
    {
        if (node is not YamlMappingNode { Children.Count: 1 } mapping || mapping.Children.First() is not { Key: var key, Value: YamlSequenceNode values }) return null;
        if (Enum.GetValues<SweepRangeKind>().Where(k => SweepRange.KindName(k) == key.ToString()).Select(k => (SweepRangeKind?)k).FirstOrDefault() is not { } kind) return null;
        string[] texts = [.. values.Children.OfType<YamlScalarNode>().Select(v => v.Value ?? "")];
        if (texts.Length != values.Children.Count || texts.Length == 0) return null;
        if (kind == SweepRangeKind.Choice) return new SweepRange(name, kind, texts);
        if (texts.Length != 2) return null;
        var (low, high) = (SweepRange.Number(texts[0]), SweepRange.Number(texts[1]));
        bool holds = double.IsFinite(low) && double.IsFinite(high) && low < high && kind switch
        {
            SweepRangeKind.LogUniform => low > 0,
            SweepRangeKind.Integer => double.IsInteger(low) && double.IsInteger(high),
            _ => true,
        };
        return holds ? new SweepRange(name, kind, texts) : null;
    }
}
