namespace LineRec.Recipes;

/// <summary>How many combinations are tried and how long.</summary>
/// <param name="Trials">How many combinations, 1 or more.</param>
/// <param name="Epochs">The epochs of each rung, ascending; one rung is random search.</param>
/// <param name="Reduction">One in so many goes on to the next rung, 2 or more.</param>
internal sealed record SweepRules(int Trials, IReadOnlyList<int> Epochs, int Reduction)
{
    /// <summary>The rules that settings ask for.</summary>
    /// <exception cref="RecipeException">The least epochs are more than the most.</exception>
    public static SweepRules Of(RecipeSettings settings)
    {
        var (least, most) = (settings.SweepMinEpochs, settings.SweepMaxEpochs);
        if (settings.SweepMethod == "random") return new SweepRules(settings.SweepTrials, [most], settings.SweepReduction);
        if (least > most) throw new RecipeException(RecipeFault.Input, $"sweep.min_epochs is {least} and sweep.max_epochs {most}; the first must be the smaller.");
        var epochs = new List<int>();
        for (long next = least; next < most; next *= settings.SweepReduction) epochs.Add((int)next);
        return new SweepRules(settings.SweepTrials, [.. epochs, most], settings.SweepReduction);
    }
}
