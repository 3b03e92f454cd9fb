namespace LineRec.Training;

/// <summary>The defaults of <see cref="TrainerOptions"/>.</summary>
public static class TrainerDefaults
{
    /// <summary>How often the data is gone through at the most.</summary>
    public const int Epochs = 10;

    /// <summary>The seed of Torch's own generator.</summary>
    public const int Seed = 1;
}
