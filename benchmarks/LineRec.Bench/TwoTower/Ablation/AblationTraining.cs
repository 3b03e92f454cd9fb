using LineRec.Training;

using TwoTowerOptions = LineRec.Training.TwoTowerOptions;

namespace LineRec.Bench.TwoTower;

/// <summary>Trains a variant, from nothing or from a model of a week before.</summary>
internal sealed class AblationTraining(InteractionTable events, Catalog catalog, DateTimeOffset split)
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);
    private readonly ProcessorClock _clock = new();
    private readonly Dictionary<int, TwoTowerState> _earlier = []; // by seed; all that go on use one set of features

    /// <summary>Trains it.</summary>
    /// <returns>The model and the seconds of processor time that it took, those of an earlier model left out.</returns>
    public (TwoTowerModel Model, double Seconds) Train(AblationVariant variant, TwoTowerOptions defaults, NpyMatrix<float>? features, NpyMatrix<float>? newItems)
    {
        var options = variant.Change(defaults);
        var earlier = variant.Continues ? Earlier(defaults, features) : null;
        long started = _clock.GetTimestamp();
        var model = earlier is null
            ? new TwoTowerTrainer(options).Train(events, catalog, features)
            : new TwoTowerTrainer(options with { ExamplesAfter = variant.NewOnly ? earlier.TrainedUntil : options.ExamplesAfter }).Continue(earlier, events, catalog, features);
        if (newItems is not null) model.PlaceNewItems(newItems);
        return (model, _clock.GetElapsedTime(started).TotalSeconds);
    }

    private TwoTowerState Earlier(TwoTowerOptions defaults, NpyMatrix<float>? features)
    {
        if (_earlier.TryGetValue(defaults.Seed, out var known)) return known;
        using var model = new TwoTowerTrainer(defaults with { RetrainOnAll = true }).Train(events.Before(split - Week), catalog, features);
        return _earlier[defaults.Seed] = model.State;
    }
}
