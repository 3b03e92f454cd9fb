namespace LineRec.Bench.Trainers;

/// <summary>What is trained, and how often.</summary>
internal sealed record TrainerCostOptions
{
    /// <summary>The hidden widths of the networks that are trained both ways; 0: a linear model.</summary>
    public IReadOnlyList<int> Widths { get; init; } = [0, 64];

    /// <summary>Rows a step, for each of the widths.</summary>
    public IReadOnlyList<int> Batches { get; init; } = [16, 128, 1024, 8192];

    /// <summary>Steps of a training: few, so that both ways meet the same moment of a machine that others use too.</summary>
    public int Steps { get; init; } = 100;

    /// <summary>How often each is trained both ways, in turns.</summary>
    public int Rounds { get; init; } = 200;

    /// <summary>Torch's threads: with one, none of them waits for the others.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Numbers of items of the two-towers whose checkpoints are measured.</summary>
    public IReadOnlyList<int> Items { get; init; } = [10_000, 100_000, 1_000_000];

    /// <summary>Steps of a two-tower's training.</summary>
    public int TowerSteps { get; init; } = 120;

    /// <summary>Steps from one of its checkpoints to the next.</summary>
    public int EverySteps { get; init; } = 20;

    public int Seed { get; init; } = 1;

    public string? Json { get; init; }
}
