using System.CommandLine;
using System.Globalization;
using LineRec.Data;
using LineRec.Recipes;

namespace LineRec.Cli.Verbs;

/// <summary>Options that several verbs share, each made anew for a command.</summary>
internal static class CommonOptions
{
    public static Option<string?> Exposures() => new("--exposures") { Description = "The compacted exposure log ('linerec exposures compact'): rankers learn from features as they were served. Default: all features are replayed from the log." };

    public static Option<bool> Json() => new("--json") { Description = "Write one JSON document to the output, for machines." };

    public static Option<string> Data() => new("--data") { Description = "The log: a folder with events/ (or events.parquet), items.parquet, and optional users.parquet and campaigns.parquet.", Required = true };

    public static Option<string> Out(string description) => new("--out") { Description = description, Required = true };

    public static Option<string> Bundle() => new("--bundle") { Description = "A bundle's folder, or a folder of published bundles: the one that hosts serve.", Required = true };

    public static Option<string?> Config() => new("--config") { Description = "The configuration, YAML or JSON; 'linerec config' prints all settings. Default: the defaults." };

    public static Option<DateOnly?> Date(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            if (DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
            result.AddError($"{name} is '{result.Tokens[0].Value}'; it must be a date as yyyy-MM-dd.");
            return null;
        },
    };

    /// <summary>The run that a verb's options speak of.</summary>
    public static PipelineRun Run(ParseResult parsed, Option<string> data, Option<string> output, Option<string?> config, Option<DateOnly?> date, Option<string?>? exposures = null) =>
        Run(parsed.GetValue(data)!, parsed.GetValue(output)!, parsed.GetValue(date), SettingsFile.Read(parsed.GetValue(config))) with { Exposures = exposures is null ? null : parsed.GetValue(exposures) };

    /// <summary>The run about a log, up to a date; without one, up to the log's last day.</summary>
    public static PipelineRun Run(string data, string output, DateOnly? date, RecipeSettings settings)
    {
        var log = ShopLog.Open(data);
        return new PipelineRun(log.DirectoryPath, output, date ?? LogFingerprint.LastDate(log), settings);
    }
}
