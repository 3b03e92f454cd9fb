using System.CommandLine;
using LineRec.Recipes;

namespace LineRec.Cli.Verbs;

/// <summary><c>linerec config</c>: prints all settings, and so checks a file of them.</summary>
internal static class ConfigVerb
{
    public static Command Create(Terminal terminal)
    {
        var config = CommonOptions.Config();
        var json = CommonOptions.Json();
        var command = new Command("config", """
            Prints all settings as a configuration file: the defaults, or with --config those of a file, which is checked.

            Examples:
              linerec config > linerec.yaml
              linerec config --config linerec.yaml
            """) { config, json };
        terminal.SetAction(command, (parsed, _) =>
        {
            var settings = SettingsFile.Read(parsed.GetValue(config));
            terminal.Write(parsed.GetValue(json), SettingsSchema.All.ToDictionary(s => s.Name, s => s.Read(settings)), SettingsSchema.ToYaml(settings).TrimEnd());
            return ExitCode.Done;
        });
        return command;
    }
}
