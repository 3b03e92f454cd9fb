using System.Text.Json.Serialization;

namespace LineRec.Bench.Matching;

/// <summary>A model's figures.</summary>
internal sealed record MatchingRow
{
    [JsonPropertyName("model")]
    public required string Model { get; init; }

    [JsonPropertyName("recall_at_20")]
    public required double RecallAt20 { get; init; }

    [JsonPropertyName("ndcg_at_20")]
    public required double NdcgAt20 { get; init; }

    /// <summary>Everything that the model needs, the choice of its settings on validation included.</summary>
    [JsonPropertyName("train_s")]
    public required double TrainS { get; init; }

    /// <summary>Positives a second: those that steps trained on for the two-tower, else the training file's over <see cref="TrainS"/>.</summary>
    [JsonPropertyName("samples_per_s")]
    public required double SamplesPerS { get; init; }

    /// <summary>The process's largest resident set while the model was trained and measured, what was there before included.</summary>
    [JsonPropertyName("peak_rss_mb")]
    public required double PeakRssMb { get; init; }

    /// <summary>What was chosen, and what is approximate.</summary>
    [JsonPropertyName("settings")]
    public required string Settings { get; init; }
}
