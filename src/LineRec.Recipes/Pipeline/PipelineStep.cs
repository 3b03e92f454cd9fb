namespace LineRec.Recipes;

/// <summary>One step of the pipeline: what it needs, what it looks at, and what it makes. Equal inputs give equal outputs, to the byte.</summary>
/// <param name="name">Its name.</param>
/// <param name="description">What it makes, for people.</param>
/// <param name="needs">The steps whose outputs it reads.</param>
internal abstract class PipelineStep(string name, string description, params IReadOnlyList<string> needs)
{
    public string Name => name;

    public string Description => description;

    public IReadOnlyList<string> Needs => needs;

    /// <summary>Whether it reads the log.</summary>
    public virtual bool ReadsLog => true;

    /// <summary>The settings that it looks at: names, or sections that end with '.'.</summary>
    public virtual IReadOnlyList<string> Settings => [];

    /// <summary>What else it depends on, by name.</summary>
    public virtual IEnumerable<(string Name, string Value)> OtherInputs(PipelineRun run) => [];

    /// <summary>Writes its outputs into the folder of the context.</summary>
    public abstract void Run(StepContext context);

    /// <summary>What is wrong with results that lie outside its folder; null where all is well.</summary>
    /// <param name="run">The run.</param>
    /// <param name="directory">The folder with the step's outputs.</param>
    public virtual string? FindDamage(PipelineRun run, string directory) => null;

    /// <summary>Why the run must end here although the step is done; null where it goes on.</summary>
    /// <param name="directory">The folder with the step's outputs.</param>
    public virtual string? FindRefusal(string directory) => null;
}
