namespace LineRec.Training;

/// <summary>What is learnt: a network, its loss on a batch, its validation, its optimisers and its state. What LightningModule is to PyTorch; <see cref="Trainer"/> runs it.</summary>
/// <typeparam name="TBatch">What a step learns from.</typeparam>
/// <remarks>
/// For one training at a time, on one thread. Sums of tensors, and tensors with numbers, by <see cref="ScalarOperations"/>: TorchSharp's <c>a + b</c> can fail or go wrong while other threads work.
/// Torch tensors made within a step or a validation are freed at its end; parameters must be detached from the scope that they were made in.
/// </remarks>
public abstract class TrainingModule<TBatch> : IDisposable
{
    /// <summary>Loads Torch, so that a derived constructor may make tensors.</summary>
    protected TrainingModule() => TorchRuntime.EnsureLoaded();

    /// <summary>What tells this module from others, as lines of text: its type, and whatever shapes or steers it. A checkpoint that says something else is refused, with the lines that differ.</summary>
    public virtual string Identity => GetType().FullName!;

    /// <summary>What changes the parameters by their gradients. One for all parameters is the rule.</summary>
    public abstract IReadOnlyList<ITrainingOptimizer> Optimizers { get; }

    /// <summary>Computes the loss of a batch. The trainer differentiates it and lets the optimisers step.</summary>
    /// <param name="batch">The batch; over with the next one.</param>
    public abstract StepLoss TrainingStep(TBatch batch);

    /// <summary>After each backward pass: moves gradients to where the optimisers look for them. Nothing to do where those are Torch's parameters.</summary>
    public virtual void GradientsReady()
    {
    }

    /// <summary>Measures the model after an epoch, without gradients. On the whole validation set at once, since a recall or an AUC isn't a mean over batches.</summary>
    /// <returns>Metrics by name, the most important first; none by default.</returns>
    public virtual IReadOnlyDictionary<string, double> Validate() => new Dictionary<string, double>();

    /// <summary>Names the weights: all that the trained model consists of.</summary>
    /// <param name="state">Saves or restores them.</param>
    public abstract void ExchangeWeights(TrainingState state);

    /// <summary>Names what else a step depends on or changes, the optimisers aside: random generators, samplers. Nothing by default.</summary>
    /// <param name="state">Saves or restores it.</param>
    public virtual void ExchangeProgress(TrainingState state)
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the network.</summary>
    /// <param name="disposing">Always true.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}
