using System.Text.Json.Serialization;

namespace LineRec.Samples.Shop.Reporting;

internal sealed record PairedFigures(
    [property: JsonPropertyName("task")] string Task,
    [property: JsonPropertyName("versus")] string Versus,
    [property: JsonPropertyName("metric")] string Metric,
    [property: JsonPropertyName("difference")] double Difference,
    [property: JsonPropertyName("low")] double Low,
    [property: JsonPropertyName("high")] double High);

internal sealed record StageFigures(
    [property: JsonPropertyName("task")] string Task,
    [property: JsonPropertyName("stage")] string Stage,
    [property: JsonPropertyName("recall")] double Recall,
    [property: JsonPropertyName("candidates")] double Candidates);

internal sealed record RankerFigures(
    [property: JsonPropertyName("placement")] string Placement,
    [property: JsonPropertyName("auc")] double Auc,
    [property: JsonPropertyName("log_loss")] double LogLoss,
    [property: JsonPropertyName("ece")] double ExpectedCalibrationError,
    [property: JsonPropertyName("examples")] long Examples);

internal sealed record ListFigures(
    [property: JsonPropertyName("system")] string System,
    [property: JsonPropertyName("mrr")] double Mrr,
    [property: JsonPropertyName("low")] double Low,
    [property: JsonPropertyName("high")] double High);
