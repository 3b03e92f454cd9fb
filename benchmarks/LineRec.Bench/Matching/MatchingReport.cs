using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using LineRec.Bench.Vectors;
using Spectre.Console;

namespace LineRec.Bench.Matching;

/// <summary>What --json writes.</summary>
internal sealed record MatchingReport
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    [JsonPropertyName("train")]
    public required string Train { get; init; }

    [JsonPropertyName("test")]
    public required string Test { get; init; }

    [JsonPropertyName("cpu")]
    public string Cpu { get; init; } = Machine.Cpu;

    [JsonPropertyName("threads")]
    public required int Threads { get; init; }

    [JsonPropertyName("seed")]
    public required int Seed { get; init; }

    [JsonPropertyName("rows")]
    public required IReadOnlyList<MatchingRow> Rows { get; init; }

    public void Save(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Json));

    public void WriteTable()
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("model");
        foreach (string column in new[] { "recall@20", "ndcg@20", "train s", "samples/s", "peak MB" }) table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var row in Rows)
            table.AddRow(row.Model, Text(row.RecallAt20, "0.0000"), Text(row.NdcgAt20, "0.0000"), Text(row.TrainS, "0.0"), Text(row.SamplesPerS, "#,0"), Text(row.PeakRssMb, "#,0"));
        AnsiConsole.Write(table);
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
