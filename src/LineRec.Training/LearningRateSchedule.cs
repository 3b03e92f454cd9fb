namespace LineRec.Training;

/// <summary>A learning rate that rises over the first steps and then falls on a straight line to 0.</summary>
/// <param name="Peak">The highest rate; 1 where it multiplies the optimisers' own.</param>
/// <param name="WarmUpSteps">How many steps it rises.</param>
/// <param name="TotalSteps">After how many steps it is 0.</param>
public sealed record LearningRateSchedule(double Peak, int WarmUpSteps, int TotalSteps)
{
    /// <summary>A schedule that multiplies optimisers' own rates.</summary>
    /// <param name="totalSteps">After how many steps it is 0.</param>
    /// <param name="warmUpSteps">How many steps it rises; at most a tenth of all.</param>
    public static LearningRateSchedule Over(int totalSteps, int warmUpSteps) => new(1, Math.Min(warmUpSteps, totalSteps / 10), totalSteps);

    /// <summary>The rate of a step.</summary>
    /// <param name="step">The step, from 0.</param>
    public double At(int step)
    {
        double rising = WarmUpSteps > 0 ? Math.Min(1, (step + 1.0) / WarmUpSteps) : 1;
        double falling = Math.Max(0, 1 - (step / (double)TotalSteps));
        return Peak * Math.Min(rising, falling);
    }
}
