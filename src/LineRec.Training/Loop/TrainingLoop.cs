using System.Text.Json;
using System.Text.Json.Serialization;
using TorchSharp;
using static TorchSharp.torch;

namespace LineRec.Training;

/// <summary>One call of <see cref="Trainer.Fit"/>.</summary>
internal sealed class TrainingLoop<TBatch>
{
    private const int Unended = -1;
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };
    private readonly TrainerOptions _options;
    private readonly TrainingModule<TBatch> _module;
    private readonly ITrainingData<TBatch> _data;
    private readonly TimeProvider _time;
    private readonly CancellationToken _stop;
    private readonly TrainingRun _run;
    private readonly CheckpointFolder? _checkpoints;
    private readonly BestMetric? _best;
    private readonly List<string> _refused = [];
    private readonly long _started;
    private readonly List<TrainingEpoch> _history = [];
    private int _epoch, _stepOfEpoch, _end = Unended;
    private long _examples; // of the epoch
    private double _lossSum; // of the epoch's examples
    private long _examplesHere; // of the epoch, in this process
    private TimeSpan _elapsedHere;
    private string? _resumedFrom;

    public TrainingLoop(TrainerOptions options, TrainingModule<TBatch> module, ITrainingData<TBatch> data, TimeProvider time, CancellationToken stop)
    {
        (_options, _module, _data, _time, _stop, _started) = (options, module, data, time, stop, time.GetTimestamp());
        _run = new TrainingRun(options.Phase, module.ExchangeWeights) { History = _history };
        if (options.Checkpoints is not { } checkpoints) return;
        _checkpoints = new CheckpointFolder(checkpoints.Folder);
        if (checkpoints.Metric is { } metric) _best = new BestMetric(metric, checkpoints.Direction);
    }

    private int StepsOfEpoch => (int)Math.Ceiling(_data.StepsPerEpoch / (double)_options.BatchesPerStep);

    public TrainingResult Run()
    {
        foreach (var callback in _options.Callbacks) callback.FitStarted(_run);
        if (!Resume()) Begin();
        while (_end == Unended)
        {
            if (!Steps()) return Result(TrainingEnd.Stopped);
            EndEpoch();
        }

        return Result((TrainingEnd)_end);
    }

    private void Begin()
    {
        if (_options.Seed is { } seed) random.manual_seed(seed);
        _data.Start(0);
    }

    private bool Resume()
    {
        if (_checkpoints is null) return false;
        if (!_options.Checkpoints!.Resume) _checkpoints.Clear();
        using var checkpoint = _checkpoints.OpenLast(_refused);
        if (checkpoint is null) return false;
        Exchange(checkpoint);
        checkpoint.RequireAllRead();
        _resumedFrom = checkpoint.Path;
        return true;
    }

    // Until the epoch's end; false where it is to stop before.
    private bool Steps()
    {
        while (!_stop.IsCancellationRequested)
        {
            if (_options.TimeLimit is { } limit && _time.GetElapsedTime(_started) > limit)
            {
                _end = (int)TrainingEnd.TimeLimit;
                return true;
            }

            if (!Step()) return true;
            if (_options.Checkpoints?.EverySteps is { } every && _run.Step % every == 0) Save();
        }

        Save();
        return false;
    }

    private bool Step()
    {
        long started = _time.GetTimestamp(), mark = started;
        double lossSum = 0;
        long examples = 0;
        int batches = 0;
        using var whole = NewDisposeScope(); // gradients that optimisers look at
        foreach (var optimizer in _module.Optimizers) optimizer.ZeroGradients();
        _run.Times.Optimizer += Lap(ref mark);
        for (; batches < _options.BatchesPerStep; batches++)
        {
            bool isThere = _data.TryRead(out var batch);
            _run.Times.Data += Lap(ref mark);
            if (!isThere) break;
            using (NewDisposeScope())
            {
                var (loss, count) = _module.TrainingStep(batch!);
                double value = Finite(loss);
                _run.Times.Forward += Lap(ref mark);
                loss.backward();
                _module.GradientsReady();
                lossSum += value * count;
                examples += count;
            }

            _run.Times.Backward += Lap(ref mark);
        }

        if (batches == 0) return false;
        Apply(batches);
        _run.Times.Optimizer += Lap(ref mark);
        _run.Step++;
        _stepOfEpoch++;
        _lossSum += lossSum;
        _examples += examples;
        _examplesHere += examples;
        _elapsedHere += _time.GetElapsedTime(started, mark);
        Report();
        return true;
    }

    private double Finite(Tensor loss)
    {
        double value = loss.dtype == ScalarType.Float32 ? loss.Floats()[0] : loss.item<float>(); // item makes a number in native memory: ten times as slow
        return double.IsFinite(value) ? value : throw new InvalidOperationException(
            $"The loss of the training '{_options.Phase}' is {value} at step {_run.Step + 1} (epoch {_epoch + 1}). Lower the learning rate, set TrainerOptions.ClipNorm, or look for infinite or enormous values in the data.");
    }

    private void Apply(int batches)
    {
        double scale = 1.0 / batches;
        if (_options.ClipNorm is { } most)
        {
            double norm = Math.Sqrt(_module.Optimizers.Sum(o => o.SquaredGradientNorm())) * scale;
            if (norm > most) scale *= most / norm;
        }

        double rate = _options.Schedule?.At((_epoch * StepsOfEpoch) + _stepOfEpoch) ?? 1;
        foreach (var optimizer in _module.Optimizers)
        {
            if (scale < 1) optimizer.ScaleGradients((float)scale);
            optimizer.Step(rate);
        }
    }

    private void Report()
    {
        if (_options.Progress is null && _options.Callbacks.Count == 0) return; // nobody looks
        double metric = _history.Count == 0 ? double.NaN : _history[^1].Metrics.Values.FirstOrDefault(double.NaN);
        _run.Progress = new TrainingProgress(
            _options.Phase, _epoch + 1, _options.Epochs, _stepOfEpoch, Math.Max(StepsOfEpoch, _stepOfEpoch), _lossSum / _examples, Speed, metric);
        _options.Progress?.Report(_run.Progress);
        foreach (var callback in _options.Callbacks) callback.StepEnded(_run);
    }

    private double Speed => _examplesHere / Math.Max(1e-9, _elapsedHere.TotalSeconds);

    private void EndEpoch()
    {
        _history.Add(new TrainingEpoch(_epoch + 1, _examples == 0 ? double.NaN : _lossSum / _examples, Validate(), Speed));
        foreach (var callback in _options.Callbacks) callback.EpochEnded(_run);
        bool isBest = _best?.Improves(_history[^1]) == true;
        _epoch++;
        (_stepOfEpoch, _examples, _lossSum, _examplesHere, _elapsedHere) = (0, 0, 0, 0, TimeSpan.Zero);
        if (_end == Unended) _end = _epoch == _options.Epochs ? (int)TrainingEnd.Completed : _run.IsToStop ? (int)TrainingEnd.EndedByCallback : Unended;
        if (_end == Unended) _data.Start(_epoch);
        if (isBest) Save(best: true);
        if (_end != Unended)
        {
            foreach (var callback in _options.Callbacks) callback.FitEnded(_run);
        }

        Save();
    }

    private IReadOnlyDictionary<string, double> Validate()
    {
        long mark = _time.GetTimestamp();
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var metrics = _module.Validate();
        _run.Times.Validation += Lap(ref mark);
        return metrics;
    }

    private void Save(bool best = false)
    {
        long mark = _time.GetTimestamp();
        if (best) _checkpoints?.SaveBest(Exchange);
        else _checkpoints?.SaveLast(Exchange);
        _run.Times.Checkpoints += Lap(ref mark);
    }

    // Always between two steps, so that no gradients are kept.
    private void Exchange(TrainingState state)
    {
        ExchangeIdentity(state);
        state.Value("epoch", ref _epoch);
        state.Value("step_of_epoch", ref _stepOfEpoch);
        state.Value("end", ref _end);
        state.Value("examples", ref _examples);
        state.Value("loss_sum", ref _lossSum);
        state.Part("run", _run.Exchange);
        ExchangeHistory(state);
        state.Part("weights", _module.ExchangeWeights);
        state.Part("module", _module.ExchangeProgress);
        for (int i = 0; i < _module.Optimizers.Count; i++) state.Part($"optimizer{i}", _module.Optimizers[i].Exchange);
        for (int i = 0; i < _options.Callbacks.Count; i++) state.Part($"callback{i}", _options.Callbacks[i].Exchange);
        if (_best is not null) state.Part("best", _best.Exchange);
        ExchangeTorch(state);
        string position = state.IsRestoring ? "" : _data.Position;
        state.Text("data", ref position);
        if (state.IsRestoring && _end == Unended) _data.Start(_epoch, position);
    }

    private void ExchangeIdentity(TrainingState state)
    {
        string now = string.Join('\n', _options.Identity.Prepend(_module.Identity)), then = now;
        state.Text("identity", ref then);
        if (state is CheckpointReader checkpoint) CheckpointIdentity.Require(checkpoint.Path, then, now);
    }

    private void ExchangeHistory(TrainingState state)
    {
        string json = JsonSerializer.Serialize(_history.Select(e => new SavedEpoch(e.Number, e.Loss, new(e.Metrics), e.ExamplesPerSecond)), Json);
        state.Text("history", ref json);
        if (!state.IsRestoring) return;
        _history.AddRange(JsonSerializer.Deserialize<SavedEpoch[]>(json, Json)!.Select(e => new TrainingEpoch(e.Number, e.Loss, e.Metrics, e.ExamplesPerSecond)));
    }

    private void ExchangeTorch(TrainingState state)
    {
        if (_options.Seed is null) return;
        using var generator = Generator.Default; // random.get_rng_state() makes one that the collector may free under the native call
        using var saved = generator.get_state();
        state.Values("torch_generator", saved);
        if (state.IsRestoring) generator.set_state(saved);
    }

    private TimeSpan Lap(ref long mark)
    {
        long now = _time.GetTimestamp();
        var elapsed = _time.GetElapsedTime(mark, now);
        mark = now;
        return elapsed;
    }

    private TrainingResult Result(TrainingEnd end) => new()
    {
        End = end, Epochs = _history, Steps = _run.Step, Times = _run.Times, ResumedFrom = _resumedFrom, RefusedCheckpoints = _refused, Checkpoint = _checkpoints?.Last,
    };

    private sealed record SavedEpoch(int Number, double Loss, Dictionary<string, double> Metrics, double ExamplesPerSecond);
}
