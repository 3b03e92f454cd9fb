using System.Runtime.InteropServices;

namespace LineRec.Training;

/// <summary>
/// Runs trainings: epochs and steps, gradient clipping and accumulation, the learning rate's schedule, validation, callbacks, checkpoints. What Lightning's Trainer is to PyTorch, but a training that is
/// gone on with ends with the same model as one that was never interrupted, bit for bit, from the middle of an epoch too.
/// </summary>
/// <remarks>Thread-safe, as far as its callbacks are, though Torch uses all processors for one training already.</remarks>
public sealed class Trainer
{
    private readonly TrainerOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Creates a trainer.</summary>
    /// <param name="options">How to train.</param>
    /// <param name="time">The clock of speeds and of the time limit; the system's by default.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public Trainer(TrainerOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        (_options, _time) = (options, time ?? TimeProvider.System);
    }

    /// <summary>Trains a module on the calling thread.</summary>
    /// <typeparam name="TBatch">What a step learns from.</typeparam>
    /// <param name="module">The module, as it begins; with the trained weights afterwards.</param>
    /// <param name="data">What it learns from.</param>
    /// <param name="cancellationToken">Stops it after the current step, with a checkpoint where there is a folder for it; the result says so, nothing is thrown.</param>
    /// <exception cref="InvalidDataException">The folder's checkpoint belongs to another training, or all of them are damaged.</exception>
    /// <exception cref="InvalidOperationException">A loss isn't a finite number, or a callback asks for a metric that validation doesn't give.</exception>
    public TrainingResult Fit<TBatch>(TrainingModule<TBatch> module, ITrainingData<TBatch> data, CancellationToken cancellationToken = default)
    {
        TorchRuntime.EnsureLoaded();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var signal = _options.Checkpoints is { StopOnSigterm: true } ? PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            stop.Cancel();
        }) : null;
        return new TrainingLoop<TBatch>(_options, module, data, _time, stop.Token).Run();
    }
}
