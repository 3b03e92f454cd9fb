namespace LineRec.Training;

/// <summary>What is to happen at certain moments of a training, besides learning. Every hook does nothing unless it is overridden; hooks run on the training's thread, callbacks in their order.</summary>
/// <remarks>For one training at a time. An exception ends the training; the last checkpoint stays.</remarks>
public abstract class TrainingCallback
{
    /// <summary>Before the first step, and before a checkpoint is taken up.</summary>
    /// <param name="run">The training.</param>
    public virtual void FitStarted(TrainingRun run)
    {
    }

    /// <summary>After each step of the optimisers, before its checkpoint is written.</summary>
    /// <param name="run">The training.</param>
    public virtual void StepEnded(TrainingRun run)
    {
    }

    /// <summary>After each epoch and its validation, which is the last one of <see cref="TrainingRun.History"/>, before its checkpoint is written.</summary>
    /// <param name="run">The training.</param>
    public virtual void EpochEnded(TrainingRun run)
    {
    }

    /// <summary>After the last epoch, before the last checkpoint; not where the training was stopped, since it will go on.</summary>
    /// <param name="run">The training.</param>
    public virtual void FitEnded(TrainingRun run)
    {
    }

    /// <summary>Names what the callback must still know after a crash; nothing by default.</summary>
    /// <param name="state">Saves or restores it.</param>
    public virtual void Exchange(TrainingState state)
    {
    }
}
