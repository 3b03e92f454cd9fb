using System.Text.Json.Serialization;

namespace LineRec.Bench.Vectors;

/// <summary>A row of the report.</summary>
internal sealed record VectorsRow
{
    [JsonPropertyName("by")]
    public required string By { get; init; }

    [JsonPropertyName("version")]
    public required string Version { get; init; }

    [JsonPropertyName("simd")]
    public required string Simd { get; init; }

    [JsonPropertyName("index")]
    public required string Index { get; init; }

    [JsonPropertyName("params")]
    public required string Params { get; init; }

    /// <summary>single or batch.</summary>
    [JsonPropertyName("mode")]
    public required string Mode { get; init; }

    [JsonPropertyName("threads")]
    public required int Threads { get; init; }

    [JsonPropertyName("exact")]
    public required bool Exact { get; init; }

    [JsonPropertyName("recall_at_k")]
    public required double RecallAtK { get; init; }

    [JsonPropertyName("p50_us")]
    public required double P50Us { get; init; }

    [JsonPropertyName("p99_us")]
    public required double P99Us { get; init; }

    [JsonPropertyName("qps")]
    public required double Qps { get; init; }

    [JsonPropertyName("build_s")]
    public required double BuildS { get; init; }

    [JsonPropertyName("build_threads")]
    public required int BuildThreads { get; init; }

    [JsonPropertyName("bytes_per_vector")]
    public required double BytesPerVector { get; init; }

    [JsonPropertyName("queries")]
    public required int Queries { get; init; }
}
