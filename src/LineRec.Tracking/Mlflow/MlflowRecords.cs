using System.Globalization;

namespace LineRec.Tracking;

/// <summary>Turns what MLflow's messages say into ours, and the other way round.</summary>
internal static class MlflowRecords
{
    public static RunRecord Run(RunMessage run, IReadOnlyDictionary<string, IReadOnlyList<MetricMessage>> metrics) => new()
    {
        RunId = run.Info.RunId,
        RunName = string.IsNullOrEmpty(run.Info.RunName) ? run.Info.RunId : run.Info.RunName,
        Status = Enum.TryParse<RunStatus>(run.Info.Status, ignoreCase: true, out var status) ? status : RunStatus.Running,
        StartTime = Time(run.Info.StartTime),
        EndTime = run.Info.EndTime is { } end and not 0 ? Time(end) : null,
        Params = Dictionary(run.Data?.Params),
        Tags = Dictionary(run.Data?.Tags),
        Metrics = metrics.ToDictionary(m => m.Key, m => RunRecord.Ordered(m.Value.Select(p => new Metric(p.Key, p.Value, Time(p.Timestamp), p.Step)))),
        Inputs = [.. (run.Inputs?.DatasetInputs ?? []).Select(Dataset)],
    };

    public static ModelVersion Model(ModelVersionMessage version) => new()
    {
        Name = version.Name, Version = Number(version), Source = version.Source ?? "", RunId = Given(version.RunId), Description = Given(version.Description),
        Created = Time(version.CreationTimestamp), Tags = Dictionary(version.Tags), Aliases = version.Aliases ?? [],
    };

    public static int Number(ModelVersionMessage version) => int.Parse(version.Version, CultureInfo.InvariantCulture);

    public static DatasetInputMessage Message(DatasetInput dataset) =>
        new(new(dataset.Name, dataset.Digest, dataset.SourceType, dataset.Source, dataset.Schema, dataset.Profile), Messages(dataset.AllTags()));

    public static MetricMessage Message(Metric metric) => new(metric.Key, metric.Value, metric.Timestamp.ToUnixTimeMilliseconds(), metric.Step);

    public static KeyValueMessage[] Messages(IEnumerable<KeyValuePair<string, string>> pairs) => [.. pairs.Select(p => new KeyValueMessage(p.Key, p.Value))];

    private static DatasetInput Dataset(DatasetInputMessage input) => new DatasetInput
    {
        Name = input.Dataset.Name, Digest = input.Dataset.Digest, SourceType = input.Dataset.SourceType, Source = input.Dataset.Source,
        Schema = Given(input.Dataset.Schema), Profile = Given(input.Dataset.Profile),
    }.WithTags(Dictionary(input.Tags));

    private static Dictionary<string, string> Dictionary(IReadOnlyList<KeyValueMessage>? pairs) => (pairs ?? []).ToDictionary(p => p.Key, p => p.Value);

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    // Protobuf has an empty text for one that isn't set.
    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
