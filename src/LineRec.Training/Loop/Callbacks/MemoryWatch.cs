namespace LineRec.Training;

/// <summary>Watches how much memory the process takes, Torch's and the runtime's own included, and says once when it is more than a limit.</summary>
/// <param name="limitBytes">The limit; a little under the container's, say.</param>
/// <param name="warn">Is told; a logger, say.</param>
public sealed class MemoryWatch(long limitBytes, Action<string> warn) : TrainingCallback
{
    private const int StepsBetween = 10;
    private bool _hasWarned;

    /// <summary>The most resident bytes that were seen.</summary>
    public long PeakBytes { get; private set; }

    /// <inheritdoc/>
    public override void StepEnded(TrainingRun run)
    {
        if (run.Step % StepsBetween == 1) Look(run);
    }

    /// <inheritdoc/>
    public override void EpochEnded(TrainingRun run) => Look(run);

    private void Look(TrainingRun run)
    {
        long resident = Environment.WorkingSet;
        PeakBytes = Math.Max(PeakBytes, resident);
        if (_hasWarned || resident <= limitBytes) return;
        _hasWarned = true;
        warn($"The training '{run.Phase}' takes {resident >> 20:N0} MB at step {run.Step}, over the limit of {limitBytes >> 20:N0} MB. Use smaller batches, or a ParquetDataset with a smaller MemoryBudgetBytes.");
    }
}
