namespace LineRec.Samples.Training;

/// <summary>What is trained, from where to where.</summary>
internal sealed record TasteOptions
{
    /// <summary>The folder of a log; null simulates a small shop.</summary>
    public string? Data { get; init; }

    /// <summary>Receives users.npy and items.npy.</summary>
    public required string Out { get; init; }

    /// <summary>Where checkpoints are kept; null: nowhere.</summary>
    public string? Checkpoints { get; init; }

    /// <summary>A checkpoint after so many steps, besides the one after each epoch.</summary>
    public int EverySteps { get; init; } = 100;

    public int Epochs { get; init; } = 8;

    public int BatchSize { get; init; } = 1024;

    public int Width { get; init; } = 16;

    public int Seed { get; init; } = 1;
}
