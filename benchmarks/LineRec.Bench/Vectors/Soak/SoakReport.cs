using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace LineRec.Bench.Vectors;

/// <summary>What a soak saw.</summary>
internal sealed record SoakReport
{
    /// <summary>How much more memory the last fifth of the run may use than the second, MB: noise of the collector.</summary>
    private const long Growth = 64;

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public VectorsReport.MachineInfo Machine { get; init; } = new();

    public required double Minutes { get; init; }

    public required long ExactSearches { get; init; }

    public required long WrongAnswers { get; init; }

    public required long ProbedSearches { get; init; }

    public required double Recall { get; init; }

    public required double RecallFloor { get; init; }

    public required long Changes { get; init; }

    public required int Compactions { get; init; }

    public required int Swaps { get; init; }

    /// <summary>The working set after collections, MB, spread over the run.</summary>
    public required IReadOnlyList<long> MemoryMb { get; init; }

    public bool Holds => WrongAnswers == 0 && ExactSearches > 0 && Recall >= RecallFloor && Swaps > 0 && Mean(^Fifth..) <= Mean(Fifth..(2 * Fifth)) + Growth;

    private int Fifth => Math.Max(1, MemoryMb.Count / 5);

    public void Write() => AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{Minutes:0.0} minutes: {ExactSearches:N0} exact searches, {WrongAnswers} wrong; {ProbedSearches:N0} probed, recall {Recall:0.0000} (floor {RecallFloor}); {Changes:N0} changes, {Compactions} compactions, {Swaps} swaps; memory {Mean(Fifth..(2 * Fifth)):0} MB early, {Mean(^Fifth..):0} MB late."));

    public void Save(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Json));

    private double Mean(Range part) => MemoryMb.Count == 0 ? 0 : MemoryMb.ToArray()[part].DefaultIfEmpty(MemoryMb[^1]).Average();
}
