namespace LineRec.Training;

/// <summary>A training under way, as its callbacks see it.</summary>
public sealed class TrainingRun
{
    private readonly Action<TrainingState> _weights;

    internal TrainingRun(string phase, Action<TrainingState> weights) => (Phase, _weights) = (phase, weights);

    /// <summary>Its name.</summary>
    public string Phase { get; }

    /// <summary>How many steps of the optimisers were done, over all epochs and processes.</summary>
    public int Step { get; internal set; }

    /// <summary>What was reported last; null before the first step of this process.</summary>
    public TrainingProgress? Progress { get; internal set; }

    /// <summary>The epochs that are done.</summary>
    public IReadOnlyList<TrainingEpoch> History { get; internal set; } = [];

    /// <summary>Where the time went so far.</summary>
    public TrainingTimes Times { get; } = new();

    internal bool IsToStop { get; private set; }

    /// <summary>Ends the training after the epoch that is done or under way.</summary>
    public void Stop() => IsToStop = true;

    internal WeightsCopy CopyWeights() => new(_weights);

    internal void Exchange(TrainingState state)
    {
        bool isToStop = IsToStop;
        int step = Step;
        state.Value("is_to_stop", ref isToStop);
        state.Value("step", ref step);
        (IsToStop, Step) = (isToStop, step);
    }
}
