using System.Text.Json.Serialization;

namespace LineRec.Tracking;

/// <summary>One thing that is written: the unit that is retried, and that waits in a spool.</summary>
[JsonDerivedType(typeof(CreateRun), "create-run")]
[JsonDerivedType(typeof(UpdateRun), "update-run")]
[JsonDerivedType(typeof(LogBatch), "log-batch")]
[JsonDerivedType(typeof(LogInputs), "log-inputs")]
[JsonDerivedType(typeof(LogArtifact), "log-artifact")]
[JsonDerivedType(typeof(RegisterModel), "register-model")]
[JsonDerivedType(typeof(SetAlias), "set-alias")]
internal abstract record TrackingWrite
{
    /// <summary>The run that it is about; null: none.</summary>
    public virtual string? AboutRun => null;

    /// <summary>The same about another run.</summary>
    public virtual TrackingWrite For(string runId) => this;
}

/// <summary>Creates a run, and its experiment where there is none. The key tells this creation from all others.</summary>
internal sealed record CreateRun(string Key, string Experiment, string RunName, string User, long StartTime, IReadOnlyDictionary<string, string> Tags) : TrackingWrite;

internal sealed record UpdateRun(string RunId, RunStatus Status, long? EndTime) : TrackingWrite
{
    public override string AboutRun => RunId;

    public override TrackingWrite For(string runId) => this with { RunId = runId };
}

/// <summary>Metrics, parameters and tags within the limits of one call.</summary>
internal sealed record LogBatch(string RunId) : TrackingWrite
{
    public IReadOnlyList<Metric> Metrics { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> Params { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> Tags { get; init; } = [];

    public override string AboutRun => RunId;

    public override TrackingWrite For(string runId) => this with { RunId = runId };
}

internal sealed record LogInputs(string RunId, IReadOnlyList<DatasetInput> Datasets) : TrackingWrite
{
    public override string AboutRun => RunId;

    public override TrackingWrite For(string runId) => this with { RunId = runId };
}

/// <summary>Keeps a file of this machine with a run, under a path with '/' between its parts.</summary>
internal sealed record LogArtifact(string RunId, string File, string Path) : TrackingWrite
{
    public override string AboutRun => RunId;

    public override TrackingWrite For(string runId) => this with { RunId = runId };
}

/// <summary>Registers a version of a model, with its aliases. The key tells this registration from all others.</summary>
internal sealed record RegisterModel(string Key, ModelRegistration Model) : TrackingWrite
{
    public override string? AboutRun => Model.RunId;

    public override TrackingWrite For(string runId) => this with
    {
        Model = Model with { RunId = runId, Source = Model.Source.Replace(Model.RunId!, runId, StringComparison.Ordinal) },
    };
}

internal sealed record SetAlias(string Model, string Alias, int Version) : TrackingWrite;
