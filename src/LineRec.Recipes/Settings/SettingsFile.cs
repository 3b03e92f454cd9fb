using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace LineRec.Recipes;

/// <summary>Reads a configuration file: YAML, or JSON, which is YAML too. What it doesn't name keeps its default.</summary>
internal static class SettingsFile
{
    private const int MostEdits = 3;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; null for the defaults.</param>
    /// <exception cref="RecipeException">It isn't there or is wrong; the message names every wrong line.</exception>
    public static RecipeSettings Read(string? path)
    {
        if (path is null) return new RecipeSettings();
        if (!File.Exists(path)) throw new RecipeException(RecipeFault.Input, $"There is no configuration file '{path}'. Correct the path of --config, or leave it out for the defaults.");
        return Parse(File.ReadAllText(path), path);
    }

    /// <summary>Reads a file's text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">The file's name, for messages.</param>
    public static RecipeSettings Parse(string text, string name)
    {
        var yaml = new YamlStream();
        try
        {
            yaml.Load(new StringReader(text));
        }
        catch (YamlException e)
        {
            throw new RecipeException(RecipeFault.Input, $"{name}({e.Start.Line},{e.Start.Column}): this isn't YAML: {e.Message}", e);
        }

        if (yaml.Documents.Count == 0) return new RecipeSettings();
        var errors = new List<string>();
        var settings = new RecipeSettings();
        Apply(yaml.Documents[0].RootNode, "", name, ref settings, errors);
        return errors.Count == 0 ? settings : throw new RecipeException(RecipeFault.Input, string.Join(Environment.NewLine, errors));
    }

    private static void Apply(YamlNode node, string path, string file, ref RecipeSettings settings, List<string> errors)
    {
        if (node is not YamlMappingNode mapping)
        {
            errors.Add($"{At(file, node)}: {(path.Length == 0 ? "the file" : $"'{path.TrimEnd('.')}'")} must be lines of 'name: value'.");
            return;
        }

        foreach (var (key, value) in mapping.Children)
        {
            string full = path + key;
            if (SettingsSchema.All.FirstOrDefault(s => s.Name == full) is { } setting)
            {
                string? text = (value as YamlScalarNode)?.Value;
                if (text is not null && setting.Apply(settings, text) is { } changed) settings = changed;
                else errors.Add($"{At(file, value)}: '{full}' is {(text is null ? "no single value" : $"'{text}'")}; it must be {setting.Rule}.");
            }
            else if (full == SweepRangesReader.Section)
            {
                settings = settings with { SweepRanges = SweepRangesReader.Read(value, n => At(file, n), Suggestion, errors) };
            }
            else if (SettingsSchema.All.Any(s => s.Name.StartsWith(full + ".", StringComparison.Ordinal)))
            {
                Apply(value, full + ".", file, ref settings, errors);
            }
            else
            {
                errors.Add($"{At(file, key)}: there is no setting '{full}'.{Suggestion(full)}");
            }
        }
    }

    private static string At(string file, YamlNode node) => $"{file}({node.Start.Line},{node.Start.Column})";

    private static string Suggestion(string name)
    {
        var (setting, edits) = SettingsSchema.All.Select(s => (s.Name, Edits: Distance(name, s.Name))).MinBy(s => s.Edits);
        return edits <= MostEdits ? $" Did you mean '{setting}'?" : " 'linerec config' prints all that there are.";
    }

    /// <summary>How many letters must be put in, left out or replaced (Levenshtein).</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[b.Length];
    }
}
