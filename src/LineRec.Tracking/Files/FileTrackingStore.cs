using System.Security.Cryptography;
using System.Text;

namespace LineRec.Tracking;

/// <summary>A folder in the layout of MLflow's file store; "mlflow ui --backend-store-uri FOLDER" opens it.</summary>
/// <remarks>
/// Several processes may write: metrics are appended in whole lines under a lock, all else is written aside and moved. A crash leaves nothing that MLflow stumbles over. Locks are
/// kept by the file system and respected by other LineRec processes; MLflow's own don't take any.
/// </remarks>
internal sealed class FileTrackingStore : ITrackingStore
{
    private readonly string _root;
    private readonly TimeProvider _time;
    private readonly Func<Guid> _newId;
    private readonly FileModelRegistry _models;

    public FileTrackingStore(string root, TimeProvider time, Func<Guid>? newId = null)
    {
        (_root, _time, _newId) = (root, time, newId ?? Guid.NewGuid);
        Directory.CreateDirectory(Path.Combine(root, MlrunsFolder.Trash));
        Directory.CreateDirectory(Path.Combine(root, MlrunsFolder.Models));
        _models = new FileModelRegistry(root, time);
        CreateExperiment(MlrunsFolder.DefaultExperimentId, MlrunsFolder.DefaultExperiment);
    }

    public async Task<WriteResult> WriteAsync(TrackingWrite write, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            switch (write)
            {
                case CreateRun create: return new WriteResult(RunId: Create(create));
                case RegisterModel register: return new WriteResult(Version: _models.Register(register.Model));
                case SetAlias alias: _models.SetAlias(alias.Model, alias.Alias, alias.Version); break;
                case UpdateRun update: Update(update); break;
                case LogBatch batch: Log(batch); break;
                case LogInputs inputs: LogInputs(inputs); break;
                case LogArtifact artifact: await CopyAsync(artifact, cancellationToken).ConfigureAwait(false); break;
                default: throw new NotSupportedException($"{write.GetType().Name} can't be written to a folder.");
            }

            return default;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TrackingException($"'{_root}' can't be written: {e.Message}", e);
        }
    }

    public Task<RunRecord> ReadRunAsync(string runId, CancellationToken cancellationToken) => Task.FromResult(FileRunReader.Read(FindRun(runId)));

    public Task<IReadOnlyList<RunRecord>> ReadRunsAsync(string experiment, CancellationToken cancellationToken)
    {
        var runs = FindExperiment(experiment) is not { } folder ? [] : MlrunsFolder.Runs(folder)
            .Where(r => MetaYaml.Read(Path.Combine(r, MlrunsFolder.Meta)).Find("lifecycle_stage") != "deleted").Select(FileRunReader.Read);
        return Task.FromResult<IReadOnlyList<RunRecord>>([.. runs.OrderBy(r => r.StartTime).ThenBy(r => r.RunId, StringComparer.Ordinal)]);
    }

    public Task<ModelVersion?> FindModelAsync(string model, string alias, CancellationToken cancellationToken) => Task.FromResult(_models.Find(model, alias));

    public Task<int> SendSpooledAsync(CancellationToken cancellationToken) => Task.FromResult(0);

    public void Dispose()
    {
    }

    private string Create(CreateRun run)
    {
        string experiment = FindOrCreateExperiment(run.Experiment), runId = _newId().ToString("n"), folder = Path.Combine(experiment, runId);
        foreach (string name in (string[])[MlrunsFolder.Metrics, MlrunsFolder.Params, MlrunsFolder.Artifacts, MlrunsFolder.Tags]) Directory.CreateDirectory(Path.Combine(folder, name));
        foreach (var (key, value) in run.Tags) SharedFile.Write(Path.Combine(folder, MlrunsFolder.Tags, key), value, folder);

        var about = MetaYaml.Read(Path.Combine(experiment, MlrunsFolder.Meta));
        var meta = new MetaYaml(Path.Combine(folder, MlrunsFolder.Meta));
        meta.Set("artifact_uri", $"{about.Text("artifact_location")}/{runId}/{MlrunsFolder.Artifacts}");
        meta.Set("deleted_time", null);
        meta.Set("end_time", null);
        meta.Set("entry_point_name", "");
        meta.Set("experiment_id", about.Text("experiment_id"));
        meta.Set("lifecycle_stage", "active");
        meta.Set("run_id", runId);
        meta.Set("run_name", run.RunName);
        meta.Set("run_uuid", runId);
        meta.Set("source_name", "");
        meta.Set("source_type", 4); // local
        meta.Set("source_version", "");
        meta.Set("start_time", run.StartTime);
        meta.Set("status", (int)RunStatus.Running);
        meta.SetEmptyList("tags");
        meta.Set("user_id", run.User);
        meta.Save(folder); // last: from here on it is a run
        return runId;
    }

    private void Update(UpdateRun update)
    {
        string folder = FindRun(update.RunId);
        var meta = MetaYaml.Read(Path.Combine(folder, MlrunsFolder.Meta));
        meta.Set("status", (int)update.Status);
        if (update.EndTime is { } end) meta.Set("end_time", end);
        meta.Save(folder);
    }

    private void Log(LogBatch batch)
    {
        string folder = FindRun(batch.RunId);
        foreach (var (key, value) in batch.Params)
        {
            string path = Path.Combine(folder, MlrunsFolder.Params, key);
            if (!SharedFile.Write(path, value, folder, replace: false) && SharedFile.Read(path) is var earlier && earlier != value)
                throw new TrackingException($"The parameter '{key}' of run {batch.RunId} is '{earlier}' already and can't become '{value}'; a changing value is a metric or a tag.");
        }

        foreach (var metric in batch.Metrics.GroupBy(m => m.Key)) MetricFile.Append(Path.Combine(folder, MlrunsFolder.Metrics, metric.Key), metric, folder);
        foreach (var (key, value) in batch.Tags) SharedFile.Write(Path.Combine(folder, MlrunsFolder.Tags, key), value, folder);
    }

    private void LogInputs(LogInputs inputs)
    {
        string folder = FindRun(inputs.RunId), experiment = Path.GetDirectoryName(folder)!;
        foreach (var dataset in inputs.Datasets)
        {
            string id = Hash(dataset.Name + dataset.Digest);
            var about = new MetaYaml(Path.Combine(experiment, MlrunsFolder.Datasets, id, MlrunsFolder.Meta));
            about.Set("digest", dataset.Digest);
            about.Set("name", dataset.Name);
            about.Set("profile", dataset.Profile);
            about.Set("schema", dataset.Schema);
            about.Set("source", dataset.Source);
            about.Set("source_type", dataset.SourceType);
            about.Save(experiment, replace: false);

            // MLflow reads every folder there is below "inputs": it gets there whole.
            string target = Path.Combine(folder, MlrunsFolder.Inputs, Hash(id + inputs.RunId)), aside = SharedFile.Aside(folder);
            if (Directory.Exists(target)) continue;
            var use = new MetaYaml(Path.Combine(aside, MlrunsFolder.Meta));
            use.Set("destination_id", id); // as MLflow writes it: not the run's
            use.Set("destination_type", "RUN");
            use.Set("source_id", id);
            use.Set("source_type", "DATASET");
            use.SetMapping("tags", [.. dataset.AllTags()]);
            use.Save(folder);
            SharedFolder.Move(aside, target);
        }
    }

    private async Task CopyAsync(LogArtifact artifact, CancellationToken cancellationToken)
    {
        string folder = FindRun(artifact.RunId);
        string place = MetaYaml.Read(Path.Combine(folder, MlrunsFolder.Meta)).Text("artifact_uri");
        if (new Uri(place, UriKind.RelativeOrAbsolute) is not { } uri || (uri.IsAbsoluteUri && !uri.IsFile))
            throw new TrackingException($"Run {artifact.RunId} keeps its artefacts at '{place}', which isn't a folder of this machine. Copy them there yourself, or track to an MLflow server with --serve-artifacts.");
        string target = Path.Combine(uri.IsAbsoluteUri ? uri.LocalPath : place, artifact.Path);
        await SharedFile.CopyAsync(artifact.File, target, folder, cancellationToken).ConfigureAwait(false);
    }

    private string FindRun(string runId)
    {
        string? found = runId.AsSpan().IndexOfAny("/\\.") >= 0 ? null : MlrunsFolder.Experiments(_root).Select(e => Path.Combine(e, runId)).FirstOrDefault(r => File.Exists(Path.Combine(r, MlrunsFolder.Meta)));
        return found ?? throw new TrackingException($"There is no run {runId} in '{_root}'.") { ErrorCode = "RESOURCE_DOES_NOT_EXIST" };
    }

    private string? FindExperiment(string name) =>
        MlrunsFolder.Experiments(_root).FirstOrDefault(e => MetaYaml.Read(Path.Combine(e, MlrunsFolder.Meta)) is var meta && meta.Find("name") == name && meta.Find("lifecycle_stage") != "deleted");

    private string FindOrCreateExperiment(string name)
    {
        if (FindExperiment(name) is { } known) return known;
        using var alone = SharedFolder.Lock(_root);
        return FindExperiment(name) ?? CreateExperiment(Number(_newId()), name);
    }

    private string CreateExperiment(string id, string name)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_root, id)).FullName;
        long now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        var meta = new MetaYaml(Path.Combine(folder, MlrunsFolder.Meta));
        meta.Set("artifact_location", MlrunsFolder.Uri(folder));
        meta.Set("creation_time", now);
        meta.Set("experiment_id", id);
        meta.Set("last_update_time", now);
        meta.Set("lifecycle_stage", "active");
        meta.Set("name", name);
        meta.Save(folder, replace: false);
        return folder;
    }

    // Eighteen digits, as MLflow's ids have.
    private static string Number(Guid id) => (100_000_000_000_000_000UL + (BitConverter.ToUInt64(id.ToByteArray()) % 900_000_000_000_000_000UL)).ToString(System.Globalization.CultureInfo.InvariantCulture);

#pragma warning disable CA5351 // MLflow names folders by MD5; nothing is kept secret by it
    private static string Hash(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351
}
