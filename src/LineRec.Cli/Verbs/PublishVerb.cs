using System.CommandLine;
using LineRec.Recipes;

namespace LineRec.Cli.Verbs;

/// <summary><c>linerec publish</c>: puts a bundle where hosts follow, as the candidate or the champion.</summary>
internal static class PublishVerb
{
    private const string Candidate = "candidate", Champion = "champion";

    public static Command Create(Terminal terminal)
    {
        var bundle = CommonOptions.Bundle();
        var output = CommonOptions.Out("The folder of 'pipeline run': hosts follow its bundles/.");
        var alias = new Option<string>("--alias") { Description = "candidate: it lies there and waits, hosts go on as they are; champion: hosts serve it at their next look.", DefaultValueFactory = _ => Candidate };
        alias.AcceptOnlyFromAmong(Candidate, Champion);
        var date = CommonOptions.Date("--date", "The logical date that it belongs to. Default: the day before it was made.");
        var json = CommonOptions.Json();
        var command = new Command("publish", """
            Copies a bundle into bundles/, checks it, and notes it in registry.json with what it was made from. A bundle that is there already isn't copied again, so that a candidate can be made the champion.
            The gate isn't asked: it is a step of 'pipeline run'. 'evaluate --champion' compares beforehand.

            Examples:
              linerec publish --bundle shop/runs/2026-01-04/bundle --out shop
              linerec publish --bundle shop/bundles/20260104-ab12cd34 --out shop --alias champion
            """) { bundle, output, alias, date, json };
        terminal.SetAction(command, (parsed, _) =>
        {
            string source = BundleRoot.Resolve(parsed.GetValue(bundle)!), root = Path.Combine(parsed.GetValue(output)!, PipelineRun.BundlesFolder);
            BundleReader.Open(source).Dispose();
            using var only = RunLock.Take(root);
            var manifest = BundlePublisher.Copy(source, root, new Dictionary<string, double>());
            var day = parsed.GetValue(date) ?? DateOnly.FromDateTime(manifest.Created.UtcDateTime.AddDays(-1));
            var lineage = BundleLineage.Of(Path.Combine(root, manifest.Version), manifest);
            var registry = BundleRegistry.Read(root).WithBundle(manifest.Version, day, manifest.Fingerprint, lineage);
            registry = parsed.GetValue(alias) == Champion ? registry.WithChampion(manifest.Version) : registry.WithCandidate(manifest.Version);
            registry.Write(root);
            terminal.Write(parsed.GetValue(json), new { manifest.Version, Alias = parsed.GetValue(alias), Champion = registry.Champion?.Version, registry.Candidate }, $"{manifest.Version} is the {parsed.GetValue(alias)}; hosts serve {registry.Champion?.Version ?? "nothing yet"}");
            return ExitCode.Done;
        });
        return command;
    }
}
