using System.Diagnostics;
using System.Text.Json;

namespace LineRec.Preparation.Tests.Dialects;

/// <summary>The grammars of engines that aren't run here: npm's dt-sql-parser (Spark, Trino) and sqlparser-ts (ClickHouse), as eng/services.sh installs them.</summary>
internal static class Grammars
{
    private static readonly string Folder = Path.Combine(Root(), "artifacts", "grammars");

    /// <summary>Why they can't be asked; null where they can.</summary>
    public static string? WhyNot =>
        !Directory.Exists(Path.Combine(Folder, "node_modules")) ? $"skipped: there are no grammars in {Folder}; eng/services.sh installs them." : null;

    /// <summary>What the grammars object to; an empty list a statement that they take.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Check(IEnumerable<(SqlDialect Dialect, string Sql)> statements)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "Dialects", "grammars", "check.mjs"), Folder]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var node = Process.Start(start)!;
        var errors = node.StandardError.ReadToEndAsync();
        var answer = node.StandardOutput.ReadToEndAsync();
        node.StandardInput.Write(JsonSerializer.Serialize(statements.Select(s => new Dictionary<string, string> { ["dialect"] = s.Dialect.Name, ["sql"] = s.Sql })));
        node.StandardInput.Close();
        node.WaitForExit();
        if (node.ExitCode != 0) throw new InvalidOperationException($"node ended with {node.ExitCode}: {errors.Result}");
        return JsonSerializer.Deserialize<List<List<string>>>(answer.Result)!;
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "LineRec.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
