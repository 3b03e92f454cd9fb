using System.CommandLine;
using LineRec.Recipes;

namespace LineRec.Cli.Verbs;

/// <summary><c>linerec registry</c>: which bundles were published, which one serves, and what they were made from.</summary>
internal static class RegistryVerb
{
    private const int HashShown = 12;

    public static Command Create(Terminal terminal)
    {
        var output = CommonOptions.Out("The folder of 'pipeline run'.");
        var json = CommonOptions.Json();
        var command = new Command("registry", """
            Lists the published bundles with alias and lineage: the log's hash, the features' fingerprint, the code's hash.

            Examples:
              linerec registry --out shop
            """) { output, json };
        terminal.SetAction(command, (parsed, _) =>
        {
            string root = Path.Combine(parsed.GetValue(output)!, PipelineRun.BundlesFolder);
            if (!Directory.Exists(root)) throw new RecipeException(RecipeFault.Input, $"There is no folder '{root}'. Give --out the folder that 'pipeline run' or 'publish' wrote to.");
            var registry = BundleRegistry.Read(root);
            var lines = registry.Bundles.Select(b => $"{b.Date}  {b.Version,-24} {Alias(registry, b),-10} data {Short(b.Lineage?.Data)}  spec {Short(b.Lineage?.Spec)}  code {Short(b.Lineage?.Code)}");
            terminal.Write(
                parsed.GetValue(json),
                new { Champion = registry.Champion?.Version, registry.Candidate, Bundles = registry.Bundles.Select(b => new { b.Version, b.Date, Alias = Alias(registry, b), b.Fingerprint, b.Promoted, b.Withdrawn, b.Lineage }) },
                registry.Bundles.Count == 0 ? "nothing was published" : string.Join(Environment.NewLine, lines));
            return ExitCode.Done;
        });
        return command;
    }

    private static string Alias(BundleRegistry registry, RegisteredBundle bundle) => bundle switch
    {
        _ when bundle.Version == registry.Champion?.Version => "champion",
        _ when bundle.Version == registry.Candidate => "candidate",
        { Withdrawn: true } => "withdrawn",
        _ => "",
    };

    private static string Short(string? hash) => hash is null ? "unknown" : hash[..Math.Min(HashShown, hash.Length)];
}
