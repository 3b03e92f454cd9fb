namespace LineRec.Tracking;

// The messages of MLflow's REST API 2.0 (mlflow/protos/service.proto and model_registry.proto) that are sent and read here; JSON names are the properties' in snake case.
internal sealed record KeyValueMessage(string Key, string Value = "");

internal sealed record ErrorMessage(string? ErrorCode = null, string? Message = null);

internal sealed record NothingMessage;

internal sealed record CreateExperimentRequest(string Name);

internal sealed record CreateExperimentResponse(string ExperimentId);

internal sealed record ExperimentResponse(ExperimentMessage Experiment);

internal sealed record ExperimentMessage(string ExperimentId, string Name = "", string? LifecycleStage = null);

internal sealed record CreateRunRequest(string ExperimentId, string UserId, string RunName, long StartTime, IReadOnlyList<KeyValueMessage> Tags);

internal sealed record UpdateRunRequest(string RunId, string Status, long? EndTime);

internal sealed record RunResponse(RunMessage Run);

internal sealed record RunMessage(RunInfoMessage Info, RunDataMessage? Data = null, RunInputsMessage? Inputs = null);

internal sealed record RunInfoMessage(string RunId, string? RunName = null, string Status = "RUNNING", long StartTime = 0, long? EndTime = null, string? ArtifactUri = null);

internal sealed record RunDataMessage(IReadOnlyList<MetricMessage>? Metrics = null, IReadOnlyList<KeyValueMessage>? Params = null, IReadOnlyList<KeyValueMessage>? Tags = null);

internal sealed record RunInputsMessage(IReadOnlyList<DatasetInputMessage>? DatasetInputs = null);

internal sealed record SearchRunsRequest(IReadOnlyList<string> ExperimentIds, string? Filter, int MaxResults, IReadOnlyList<string> OrderBy, string? PageToken);

internal sealed record SearchRunsResponse(IReadOnlyList<RunMessage>? Runs = null, string? NextPageToken = null);

internal sealed record MetricMessage(string Key, double Value, long Timestamp, long Step = 0);

internal sealed record MetricHistoryResponse(IReadOnlyList<MetricMessage>? Metrics = null, string? NextPageToken = null);

internal sealed record LogMetricRequest(string RunId, string Key, double Value, long Timestamp, long Step);

internal sealed record SetTagRequest(string RunId, string Key, string Value);

internal sealed record LogBatchRequest(string RunId, IReadOnlyList<MetricMessage> Metrics, IReadOnlyList<KeyValueMessage> Params, IReadOnlyList<KeyValueMessage> Tags);

internal sealed record LogInputsRequest(string RunId, IReadOnlyList<DatasetInputMessage> Datasets);

internal sealed record DatasetInputMessage(DatasetMessage Dataset, IReadOnlyList<KeyValueMessage>? Tags = null);

internal sealed record DatasetMessage(string Name, string Digest, string SourceType, string Source, string? Schema = null, string? Profile = null);

internal sealed record CreateRegisteredModelRequest(string Name);

internal sealed record CreateModelVersionRequest(string Name, string Source, string? RunId, IReadOnlyList<KeyValueMessage> Tags, string? Description);

internal sealed record ModelVersionResponse(ModelVersionMessage ModelVersion);

internal sealed record ModelVersionMessage(
    string Name, string Version, long CreationTimestamp = 0, string? Description = null, string? Source = null, string? RunId = null, IReadOnlyList<KeyValueMessage>? Tags = null, IReadOnlyList<string>? Aliases = null);

internal sealed record SearchModelVersionsResponse(IReadOnlyList<ModelVersionMessage>? ModelVersions = null, string? NextPageToken = null);

internal sealed record SetAliasRequest(string Name, string Alias, string Version);
