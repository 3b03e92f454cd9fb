namespace LineRec.Training;

/// <summary>Where and when a training keeps what it needs to go on after a crash.</summary>
/// <param name="Folder">
/// The training's own folder, made if it isn't there: last.ckpt, previous.ckpt (the one before, in case last.ckpt is damaged) and best.ckpt. For one process at a time. A training that is started again with
/// the same module, options and data goes on from it, to the same model bit for bit; one that had ended is not repeated.
/// </param>
public sealed record CheckpointOptions(string Folder)
{
    /// <summary>After how many steps one is written, besides the one after each epoch. 1 or more; null: after epochs only.</summary>
    public int? EverySteps { get; init; }

    /// <summary>The metric by which best.ckpt is kept; null: there is none. The two-tower and the rankers ignore it: they go back to their best epoch by themselves.</summary>
    public string? Metric { get; init; }

    /// <summary>Which way <see cref="Metric"/> is better.</summary>
    public MetricDirection Direction { get; init; }

    /// <summary>Whether a training goes on from the folder; false starts anew and deletes the checkpoints that are there.</summary>
    public bool Resume { get; init; } = true;

    /// <summary>
    /// Whether SIGTERM (what Kubernetes, systemd and docker stop send first) ends the training after the current step with a checkpoint, instead of ending the process. A host that handles the signal itself
    /// passes a cancellation token instead, which does the same.
    /// </summary>
    public bool StopOnSigterm { get; init; }

    /// <summary>The options of one of several trainings that share the folder; they know best by themselves which epoch is theirs.</summary>
    internal CheckpointOptions Of(string training) => this with { Folder = Path.Combine(Folder, training), Metric = null };

    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrEmpty(Folder);
        if (EverySteps is < 1) throw new ArgumentException($"CheckpointOptions.EverySteps is {EverySteps}; it must be 1 or more, or null.");
    }
}
