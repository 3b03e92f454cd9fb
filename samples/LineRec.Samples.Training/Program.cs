using System.CommandLine;
using LineRec.Samples.Training;
using LineRec.Training;
using Spectre.Console;

var defaults = new TasteOptions { Out = "" };
var data = new Option<DirectoryInfo?>("--data") { Description = "The folder of a log with users.parquet. Default: a small simulated shop." };
var output = new Option<DirectoryInfo>("--out") { Description = "Receives users.npy and items.npy.", Required = true };
var checkpoints = new Option<DirectoryInfo?>("--checkpoints") { Description = "Keep checkpoints in this folder and go on from them; SIGTERM then stops the training with one." };
var every = new Option<int>("--every") { Description = "A checkpoint after so many steps, besides the one after each epoch.", DefaultValueFactory = _ => defaults.EverySteps };
var epochs = new Option<int>("--epochs") { Description = "Epochs at the most.", DefaultValueFactory = _ => defaults.Epochs };
var batch = new Option<int>("--batch") { Description = "Events a step.", DefaultValueFactory = _ => defaults.BatchSize };
var seed = new Option<int>("--seed") { Description = "The seed of everything that is random.", DefaultValueFactory = _ => defaults.Seed };

var root = new RootCommand("Trains a model of your own on Parquet files: matrix factorisation in 40 lines, with checkpoints.") { data, output, checkpoints, every, epochs, batch, seed };
root.SetAction((parsed, cancellationToken) =>
{
    var options = new TasteOptions
    {
        Data = parsed.GetValue(data)?.FullName,
        Out = parsed.GetValue(output)!.FullName,
        Checkpoints = parsed.GetValue(checkpoints)?.FullName,
        EverySteps = parsed.GetValue(every),
        Epochs = parsed.GetValue(epochs),
        BatchSize = parsed.GetValue(batch),
        Seed = parsed.GetValue(seed),
    };
    var result = ProgressView.Run(AnsiConsole.Console, progress => TasteTraining.Run(options, progress, cancellationToken));
    if (result.ResumedFrom is { } checkpoint) Console.WriteLine($"Went on from {checkpoint}");
    foreach (string refused in result.RefusedCheckpoints) Console.WriteLine($"Passed over: {refused}");
    foreach (var epoch in result.Epochs) Console.WriteLine(FormattableString.Invariant($"epoch {epoch.Number}: loss {epoch.Loss:0.0000}, AUC {epoch.Metrics["auc"]:0.0000}"));
    Console.WriteLine($"{result.End} after {result.Steps} steps: {result.Times}");
    return Task.FromResult(result.End == TrainingEnd.Stopped ? 3 : 0);
});
var patience = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) }; // for the step under way and its checkpoint
return await root.Parse(args).InvokeAsync(patience).ConfigureAwait(false);
