using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LineRec.Tracking;

/// <summary>The calls of MLflow's REST API 2.0 that are used here, one a method.</summary>
internal sealed class MlflowClient(MlflowHttp http)
{
    private const int RunsPerPage = 1000, VersionsPerPage = 1000;

    // With letters as they are, not as \\uXXXX: MLflow counts a call's bytes.
    private static readonly MlflowJson Json = new(new JsonSerializerOptions(MlflowJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public async Task<string> CreateExperimentAsync(string name, CancellationToken cancellationToken) =>
        (await http.PostAsync("experiments/create", new CreateExperimentRequest(name), Json.CreateExperimentRequest, Json.CreateExperimentResponse, cancellationToken).ConfigureAwait(false)).ExperimentId;

    /// <summary>The experiment of that name that isn't deleted, or null.</summary>
    public async Task<string?> FindExperimentAsync(string name, CancellationToken cancellationToken)
    {
        var found = await FindAsync(http.GetAsync("experiments/get-by-name", [("experiment_name", name)], Json.ExperimentResponse, cancellationToken)).ConfigureAwait(false);
        if (found?.Experiment.LifecycleStage == "deleted")
            throw new TrackingException($"The experiment '{name}' is deleted on {http.Server}. Restore it there, or track under another name.") { ErrorCode = "INVALID_STATE" };
        return found?.Experiment.ExperimentId;
    }

    public async Task<RunInfoMessage> CreateRunAsync(CreateRunRequest run, CancellationToken cancellationToken) =>
        (await http.PostAsync("runs/create", run, Json.CreateRunRequest, Json.RunResponse, cancellationToken).ConfigureAwait(false)).Run.Info;

    public async Task<RunMessage> GetRunAsync(string runId, CancellationToken cancellationToken) =>
        (await http.GetAsync("runs/get", [("run_id", runId)], Json.RunResponse, cancellationToken).ConfigureAwait(false)).Run;

    /// <summary>An experiment's runs that aren't deleted, the oldest first.</summary>
    public async Task<IReadOnlyList<RunMessage>> SearchRunsAsync(string experimentId, string? filter, CancellationToken cancellationToken)
    {
        List<RunMessage> all = [];
        string? page = null;
        do
        {
            var request = new SearchRunsRequest([experimentId], filter, RunsPerPage, ["attributes.start_time ASC"], page);
            var found = await http.PostAsync("runs/search", request, Json.SearchRunsRequest, Json.SearchRunsResponse, cancellationToken).ConfigureAwait(false);
            all.AddRange(found.Runs ?? []);
            page = found.NextPageToken;
        }
        while (!string.IsNullOrEmpty(page));
        return all;
    }

    public Task UpdateRunAsync(UpdateRunRequest update, CancellationToken cancellationToken) => http.PostAsync("runs/update", update, Json.UpdateRunRequest, Json.NothingMessage, cancellationToken);

    public Task LogMetricAsync(LogMetricRequest metric, CancellationToken cancellationToken) => http.PostAsync("runs/log-metric", metric, Json.LogMetricRequest, Json.NothingMessage, cancellationToken);

    public Task SetTagAsync(SetTagRequest tag, CancellationToken cancellationToken) => http.PostAsync("runs/set-tag", tag, Json.SetTagRequest, Json.NothingMessage, cancellationToken);

    public Task LogBatchAsync(LogBatchRequest batch, CancellationToken cancellationToken) => http.PostAsync("runs/log-batch", batch, Json.LogBatchRequest, Json.NothingMessage, cancellationToken);

    public Task LogInputsAsync(LogInputsRequest inputs, CancellationToken cancellationToken) => http.PostAsync("runs/log-inputs", inputs, Json.LogInputsRequest, Json.NothingMessage, cancellationToken);

    /// <summary>All figures of a metric.</summary>
    public async Task<IReadOnlyList<MetricMessage>> GetMetricHistoryAsync(string runId, string key, CancellationToken cancellationToken)
    {
        List<MetricMessage> all = [];
        string? page = null;
        do
        {
            var found = await http.GetAsync("metrics/get-history", [("run_id", runId), ("metric_key", key), ("page_token", page)], Json.MetricHistoryResponse, cancellationToken).ConfigureAwait(false);
            all.AddRange(found.Metrics ?? []);
            page = found.NextPageToken;
        }
        while (!string.IsNullOrEmpty(page));
        return all;
    }

    /// <summary>Uploads a file to where the run keeps its artefacts.</summary>
    /// <exception cref="TrackingException">The run keeps them where the server doesn't pass them on.</exception>
    public Task UploadAsync(string artifactUri, string path, string file, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(artifactUri, UriKind.Absolute, out var uri) || uri.Scheme != "mlflow-artifacts")
            throw new TrackingException($"The run keeps its artefacts at '{artifactUri}', not behind the server. Start the server with --serve-artifacts (and new experiments), or copy files there yourself.");
        var root = uri.Host.Length == 0 ? http.Server : new UriBuilder(http.Server) { Host = uri.Host, Port = uri.Port }.Uri;
        return http.UploadAsync(root, $"{Uri.UnescapeDataString(uri.AbsolutePath)}/{path}", file, cancellationToken);
    }

    public Task CreateRegisteredModelAsync(string name, CancellationToken cancellationToken) =>
        http.PostAsync("registered-models/create", new CreateRegisteredModelRequest(name), Json.CreateRegisteredModelRequest, Json.NothingMessage, cancellationToken);

    public async Task<ModelVersionMessage> CreateModelVersionAsync(CreateModelVersionRequest version, CancellationToken cancellationToken) =>
        (await http.PostAsync("model-versions/create", version, Json.CreateModelVersionRequest, Json.ModelVersionResponse, cancellationToken).ConfigureAwait(false)).ModelVersion;

    public async Task<IReadOnlyList<ModelVersionMessage>> SearchModelVersionsAsync(string model, CancellationToken cancellationToken)
    {
        List<ModelVersionMessage> all = [];
        string? page = null;
        do
        {
            var found = await http.GetAsync(
                "model-versions/search", [("filter", $"name='{model.Replace("'", "\\'", StringComparison.Ordinal)}'"), ("max_results", VersionsPerPage.ToString(CultureInfo.InvariantCulture)), ("page_token", page)],
                Json.SearchModelVersionsResponse, cancellationToken).ConfigureAwait(false);
            all.AddRange(found.ModelVersions ?? []);
            page = found.NextPageToken;
        }
        while (!string.IsNullOrEmpty(page));
        return all;
    }

    public Task SetAliasAsync(SetAliasRequest alias, CancellationToken cancellationToken) => http.PostAsync("registered-models/alias", alias, Json.SetAliasRequest, Json.NothingMessage, cancellationToken);

    public async Task<ModelVersionMessage?> FindModelVersionAsync(string model, string alias, CancellationToken cancellationToken) =>
        (await FindAsync(http.GetAsync("registered-models/alias", [("name", model), ("alias", alias)], Json.ModelVersionResponse, cancellationToken)).ConfigureAwait(false))?.ModelVersion;

    // An alias that isn't there is an invalid parameter to some of MLflow's stores.
    private static async Task<T?> FindAsync<T>(Task<T> call)
        where T : class
    {
        try
        {
            return await call.ConfigureAwait(false);
        }
        catch (TrackingException e) when (e.ErrorCode == "RESOURCE_DOES_NOT_EXIST" || (e.ErrorCode == "INVALID_PARAMETER_VALUE" && e.Message.Contains("alias", StringComparison.OrdinalIgnoreCase) && e.Message.Contains("not found", StringComparison.Ordinal)))
        {
            return null;
        }
    }
}
