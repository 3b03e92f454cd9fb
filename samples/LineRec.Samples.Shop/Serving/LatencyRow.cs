using System.Text.Json.Serialization;

namespace LineRec.Samples.Shop.Serving;

internal sealed record LatencyRow(
    [property: JsonPropertyName("stage")] string Stage,
    [property: JsonPropertyName("p50_us")] double P50Microseconds,
    [property: JsonPropertyName("p99_us")] double P99Microseconds);
