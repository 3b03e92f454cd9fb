namespace LineRec.Training;

/// <summary>How a module is trained.</summary>
public sealed record TrainerOptions
{
    /// <summary>What progress, metrics and messages call the training.</summary>
    public string Phase { get; init; } = "train";

    /// <summary>How often the data is gone through at the most. 1 or more.</summary>
    public int Epochs { get; init; } = TrainerDefaults.Epochs;

    /// <summary>Over how many batches gradients are averaged before a step of the optimisers: a large batch in the memory of a small one. 1 or more; an epoch's last step may have fewer.</summary>
    public int BatchesPerStep { get; init; } = 1;

    /// <summary>The Euclidean length that all gradients of a step together are shortened to where they are longer (Pascanu, Mikolov and Bengio 2013). Over 0; null: they are left as they are.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>
    /// What the optimisers' own rates are multiplied by, at each step; null: 1. A step's place is epoch × steps of an epoch + step of the epoch, as <see cref="ITrainingData{TBatch}.StepsPerEpoch"/> estimates.
    /// </summary>
    public LearningRateSchedule? Schedule { get; init; }

    /// <summary>
    /// The seed of Torch's own generator, which dropout and torch.rand draw from; its state is part of checkpoints. Null leaves that generator alone. It is the whole process's: trainings that use it are
    /// the same each time only one after the other.
    /// </summary>
    public int? Seed { get; init; } = TrainerDefaults.Seed;

    /// <summary>After how long the training ends; 0 or more; null: never. A training that was ended by it isn't reproducible.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Where checkpoints are kept; null: none are.</summary>
    public CheckpointOptions? Checkpoints { get; init; }

    /// <summary>What happens besides learning, in this order.</summary>
    public IReadOnlyList<TrainingCallback> Callbacks { get; init; } = [];

    /// <summary>Is told after each step, on the training's thread.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>The options that shape the model, a line each.</summary>
    internal IEnumerable<string> Identity =>
        CheckpointIdentity.Lines(this, nameof(TimeLimit), nameof(Checkpoints), nameof(Callbacks), nameof(Progress))
            .Append($"{nameof(TrainerOptions)}.{nameof(Callbacks)} = {string.Join(", ", Callbacks.Select(c => c.GetType().Name))}");

    internal void Validate()
    {
        List<string> errors = [];
        void Require(bool holds, string name, object? value, string rule)
        {
            if (!holds) errors.Add($"{nameof(TrainerOptions)}.{name} is {value}; it must be {rule}.");
        }

        Require(Epochs >= 1, nameof(Epochs), Epochs, "1 or more");
        Require(BatchesPerStep >= 1, nameof(BatchesPerStep), BatchesPerStep, "1 or more");
        Require(ClipNorm is null || ClipNorm > 0, nameof(ClipNorm), ClipNorm, "over 0");
        Require(TimeLimit is null || TimeLimit >= TimeSpan.Zero, nameof(TimeLimit), TimeLimit, "0 or more");
        if (errors.Count > 0) throw new ArgumentException(string.Join(Environment.NewLine, errors));
        Checkpoints?.Validate();
    }
}
