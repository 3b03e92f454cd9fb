using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LineRec.Bench.Vectors;

/// <summary>What --json writes.</summary>
internal sealed record VectorsReport
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    [JsonPropertyName("machine")]
    public MachineInfo Machine { get; init; } = new();

    [JsonPropertyName("set")]
    public required SetInfo Set { get; init; }

    [JsonPropertyName("rows")]
    public required IReadOnlyList<VectorsRow> Rows { get; init; }

    public void Save(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Json));

    public static VectorsReport Load(string path) => JsonSerializer.Deserialize<VectorsReport>(File.ReadAllText(path), Json)!;

    internal sealed record MachineInfo
    {
        [JsonPropertyName("cpu")]
        public string Cpu { get; init; } = Vectors.Machine.Cpu;

        [JsonPropertyName("simd")]
        public string Simd { get; init; } = Vectors.Machine.Simd;

        [JsonPropertyName("processors")]
        public int Processors { get; init; } = PinnedThreads.Available;

        [JsonPropertyName("os")]
        public string Os { get; init; } = RuntimeInformation.OSDescription;

        [JsonPropertyName("runtime")]
        public string Runtime { get; init; } = RuntimeInformation.FrameworkDescription;
    }

    internal sealed record SetInfo
    {
        [JsonPropertyName("name")]
        public required string Name { get; init; }

        [JsonPropertyName("vectors")]
        public required int Vectors { get; init; }

        [JsonPropertyName("dimension")]
        public required int Dimension { get; init; }

        [JsonPropertyName("metric")]
        public required string Metric { get; init; }

        [JsonPropertyName("k")]
        public required int K { get; init; }
    }
}
