using System.CommandLine;
using Spectre.Console;

// Recall, quality and throughput on the console. Each verb is a class of its own, added below.
var root = new RootCommand("Measures LineRec: recall, quality and throughput. Every verb takes --json FILE and writes there what it prints.");
root.SetAction(_ =>
{
    AnsiConsole.MarkupLine("[bold]LineRec.Bench[/] has no verb yet. Quality on a simulated shop and on real logs is measured by the sample:");
    AnsiConsole.WriteLine("  dotnet run -c Release --project samples/LineRec.Samples.Shop -- --help");
    AnsiConsole.MarkupLine("Time and allocations of one request are measured by:");
    AnsiConsole.WriteLine("  dotnet run -c Release --project benchmarks/LineRec.Benchmarks -- --list flat");
    return 0;
});
return root.Parse(args).Invoke();
