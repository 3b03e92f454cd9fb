using LineRec.Recipes;
using Spectre.Console;

namespace LineRec.Cli.Tests;

/// <summary>A small log of four days, a configuration that trains quickly, and one run of the last day that nothing interrupted.</summary>
public sealed class SmallShop : IAsyncLifetime
{
    /// <summary>The last day of the log.</summary>
    public const string LastDate = "2026-01-04";

    /// <summary>All steps in their order.</summary>
    public static readonly string[] Steps = ["profile", "features", "two-tower", "item-to-item", "rankers", "bundle", "evaluate", "gate", "publish"];

    private const string Settings = "two_tower: { epochs: 2, dimension: 8, uniform_negatives: 64 }\nitem_to_item: { neighbours: 20 }\nrankers: { epochs: 1, ensemble: 1, max_lists: 150, max_cases: 60 }\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linerec-cli-");

    public string Log => Path.Combine(_folder.FullName, "log");

    public string Config => Path.Combine(_folder.FullName, "linerec.yaml");

    /// <summary>Where the run that nothing interrupted lies. Tests don't write there.</summary>
    public string Whole => Path.Combine(_folder.FullName, "whole");

    /// <summary>A new folder.</summary>
    public string NewFolder() => Path.Combine(_folder.FullName, Guid.NewGuid().ToString("N"));

    /// <summary>A folder that holds what the whole run made.</summary>
    public string CopyOfWhole() => CopyOf(Whole);

    /// <summary>A new folder that holds what another does.</summary>
    public string CopyOf(string folder)
    {
        string copy = NewFolder();
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(copy, Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }

    /// <summary>The configuration with more lines.</summary>
    public string ConfigWith(string text)
    {
        string file = NewFolder() + ".yaml";
        File.WriteAllText(file, text);
        return file;
    }

    public string[] Run(string output, params string[] more) => ["pipeline", "run", "--data", Log, "--out", output, .. more.Contains("--config") ? [] : new[] { "--config", Config }, .. more];

    public string[] Status(string output) => ["pipeline", "status", "--data", Log, "--out", output, "--config", Config];

    /// <summary>The run as the library knows it.</summary>
    internal PipelineRun Described(string output) => new(Log, output, DateOnly.Parse(LastDate, System.Globalization.CultureInfo.InvariantCulture), SettingsFile.Read(Config));

    /// <summary>A console that shows nothing.</summary>
    internal static RunConsole Quiet() => new(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null), Interactive = InteractionSupport.No }));

    /// <summary>All results of a run, by path, without the records: these tell when it was.</summary>
    internal static SortedDictionary<string, string> Results(string output)
    {
        var files = FileFingerprint.OfFolder(output, "");
        foreach (string record in files.Keys.Where(f => Path.GetFileName(f) is StepRecord.FileName or ".lock").ToList()) files.Remove(record);
        return files;
    }

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(Config, Settings);
        var simulated = await Cli.JsonAsync("simulate", "--out", Log, "--days", "4", "--users", "300", "--items", "250");
        Assert.Equal(LastDate, simulated.GetProperty("last_date").GetString());
        var run = await Cli.JsonAsync(Run(Whole));
        Assert.Equal(Steps, Cli.Made(run));
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}

[CollectionDefinition(nameof(SmallShop), DisableParallelization = true)]
public sealed class SmallShopGroup : ICollectionFixture<SmallShop>;
