using TorchSharp;
using static TorchSharp.torch;

namespace LineRec.Training;

/// <summary>Trains a placement's ranker: the probability that a candidate is chosen, from features as the pipeline served them.</summary>
/// <remarks>
/// Thread-safe, though Torch uses all processors for one training already. Some groups are held out for early stopping, for
/// calibration and for the report. Features are standardised; values beyond the lowest and highest of the examples count as these, and what never varied in them counts nothing,
/// so that a day unlike those that were learnt from can't push all scores to 0 or 1. The same seed, data, processor type and number of threads give the same model.
/// </remarks>
public sealed class RankerTrainer
{
    private readonly RankerOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Creates a trainer.</summary>
    /// <param name="options">How to train.</param>
    /// <param name="time">The clock of speeds; the system's by default.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public RankerTrainer(RankerOptions options, TimeProvider? time = null)
    {
        options.Validate();
        (_options, _time) = (options, time ?? TimeProvider.System);
    }

    /// <summary>
    /// Where checkpoints are kept, from which the same call goes on after a crash; null: nowhere. Each network of the ensemble has a folder of its own in it. A call that was cancelled or stopped by SIGTERM
    /// throws after it has written one.
    /// </summary>
    public CheckpointOptions? Checkpoints { get; init; }

    /// <summary>Trains a ranker.</summary>
    /// <param name="examples">What it learns from.</param>
    /// <param name="progress">Is told after each step.</param>
    /// <param name="cancellationToken">Ends it with an exception.</param>
    /// <exception cref="ArgumentException">The examples don't fit each other, or hold nothing to learn from.</exception>
    /// <exception cref="InvalidDataException">The checkpoints are those of another training, or all damaged.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, or stopped by SIGTERM.</exception>
    public RankerModel Train(RankingExamples examples, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        TorchRuntime.EnsureLoaded();
        examples.Validate();
        long started = _time.GetTimestamp();
        var (training, heldOut) = Split(examples);
        long candidates = training.Sum(g => (long)examples.GroupOffsets[g + 1] - examples.GroupOffsets[g]);
        int chosen = training.Sum(g => examples.Labels.AsSpan(examples.GroupOffsets[g]..examples.GroupOffsets[g + 1]).Count(1f));
        if (chosen == 0 || chosen == candidates)
            throw new ArgumentException($"{chosen} of {candidates} candidates to train on were chosen; a ranker needs chosen ones and others.", nameof(examples));

        var scales = RankerScales.Fit(examples, training, _options);
        var fit = new RankerFit(_options, examples, training, heldOut, _time, progress, Checkpoints, cancellationToken);
        List<RankerNetwork> networks = [];
        try
        {
            IReadOnlyList<RankerEpoch> epochs = [];
            for (int member = 0; member < _options.Ensemble; member++)
            {
                networks.Add(fit.Network(scales, (double)chosen / candidates, member, out var done));
                if (member == 0) epochs = done;
            }

            return new RankerModel(networks, scales, fit.Calibrate(networks), model => new RankerReport
            {
                Epochs = epochs, HeldOut = fit.Measure(model), Groups = training.Length, Candidates = (int)candidates, Chosen = chosen,
                HeldOutGroups = heldOut.Length, Elapsed = _time.GetElapsedTime(started),
            });
        }
        catch
        {
            networks.ForEach(n => n.Dispose());
            throw;
        }
    }

    // The last groups in time, or an even draw where times aren't known. Groups without candidates are left out.
    private (int[] Training, int[] HeldOut) Split(RankingExamples examples)
    {
        int[] groups = [.. Enumerable.Range(0, examples.GroupCount).Where(g => examples.GroupOffsets[g + 1] > examples.GroupOffsets[g])];
        if (groups.Length < 2) throw new ArgumentException($"{groups.Length} groups have candidates; 2 or more are needed, one to hold out.", nameof(examples));
        if (examples.GroupTimes is { } times) groups = [.. groups.OrderBy(g => times[g])];
        else new Random(_options.Seed).Shuffle(groups);
        int heldOut = Math.Clamp((int)Math.Round(groups.Length * _options.ValidationShare), 1, groups.Length - 1);
        return (groups[..^heldOut], groups[^heldOut..]);
    }
}
