using System.CommandLine;
using LineRec.Recipes;

namespace LineRec.Cli.Verbs;

/// <summary><c>linerec rollback</c>: the champion before serves again.</summary>
internal static class RollbackVerb
{
    public static Command Create(Terminal terminal)
    {
        var output = CommonOptions.Out("The folder of 'pipeline run'.");
        var json = CommonOptions.Json();
        var command = new Command("rollback", """
            Takes the champion back and serves the one before; hosts follow at their next look. A bundle that was taken back is never served again by itself.

            Examples:
              linerec rollback --out shop
            """) { output, json };
        terminal.SetAction(command, (parsed, _) =>
        {
            string root = Path.Combine(parsed.GetValue(output)!, PipelineRun.BundlesFolder);
            if (!Directory.Exists(root)) throw new RecipeException(RecipeFault.Input, $"There is no folder '{root}'. Give --out the folder that 'pipeline run' wrote to.");
            using var only = RunLock.Take(root);
            var before = BundleRegistry.Read(root);
            var after = before.WithoutChampion();
            after.Write(root);
            terminal.Write(parsed.GetValue(json), new { Champion = after.Champion!.Version, Withdrawn = before.Champion!.Version }, $"{after.Champion.Version} serves again; {before.Champion.Version} was taken back");
            return ExitCode.Done;
        });
        return command;
    }
}
