namespace LineRec.Recipes;

/// <summary>What a step works with.</summary>
/// <param name="run">What the run is about.</param>
/// <param name="inputs">What the step is made from, as it will be recorded.</param>
/// <param name="directory">Where the step writes its outputs.</param>
/// <param name="scratch">Where it may put what nobody needs afterwards.</param>
/// <param name="data">The log, read once a process.</param>
/// <param name="console">Shows progress.</param>
/// <param name="cancellationToken">Ends it.</param>
internal sealed class StepContext(PipelineRun run, IReadOnlyDictionary<string, string> inputs, string directory, string scratch, RunData data, RunConsole console, CancellationToken cancellationToken)
{
    public PipelineRun Run => run;

    public RecipeSettings Settings => run.Settings;

    public IReadOnlyDictionary<string, string> Inputs => inputs;

    public string Directory => directory;

    public string Scratch => scratch;

    public RunData Data => data;

    public RunConsole Console => console;

    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>From which the step's trainings, and the capture of what they learn from, go on when a run was killed; null: they begin anew.</summary>
    public TrainingCheckpoints? Checkpoints { get; init; }

    /// <summary>The folder with the outputs of a step that this one needs.</summary>
    /// <param name="step">Its name.</param>
    /// <param name="instant">The part of its outputs that knows the log up to an instant; null for the folder itself.</param>
    public string OutputOf(string step, DateTimeOffset? instant = null) => Path.Combine(new StepFolder(run, step).Directory, instant is { } asOf ? RunData.Stamp(asOf) : "");

    /// <summary>Makes the folder for outputs that know the log up to an instant.</summary>
    public string MakeFolder(DateTimeOffset asOf) => System.IO.Directory.CreateDirectory(Path.Combine(directory, RunData.Stamp(asOf))).FullName;
}
