using System.CommandLine;
using Spectre.Console;

namespace LineRec.Bench.Vectors;

/// <summary>The verb soak.</summary>
internal static class SoakCommand
{
    public static Command Create()
    {
        var minutes = new Option<double>("--minutes") { Description = "How long.", DefaultValueFactory = _ => 10 };
        var rows = new Option<int>("--rows") { Description = "Vectors at the start.", DefaultValueFactory = _ => 20_000 };
        var json = new Option<string?>("--json") { Description = "Writes the report here." };
        var command = new Command("soak", "Searches an index in parallel while it is changed, compacted, saved and swapped; every answer is compared with brute force on the version that it saw.") { minutes, rows, json };
        command.SetAction(parsed =>
        {
            var report = new SoakRun(parsed.GetValue(rows), TimeSpan.FromMinutes(parsed.GetValue(minutes))).Run();
            report.Write();
            if (parsed.GetValue(json) is { } path) report.Save(path);
            if (!report.Holds) AnsiConsole.WriteLine("The soak did NOT hold.");
            return report.Holds ? 0 : 1;
        });
        return command;
    }
}
