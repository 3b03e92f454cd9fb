using System.Diagnostics;
using System.Globalization;
using LineRec.Training;

namespace LineRec.Bench.Matching;

/// <summary>Trains the models of the verb, each with settings chosen on a slice of the training file.</summary>
internal sealed class MatchingModels
{
    private readonly MatchingOptions _options;
    private readonly InteractionMatrix _train;
    private readonly InteractionMatrix _part;
    private readonly InteractionMatrix _validation;
    private readonly MatchingTwoTowerOptions _towerOptions;
    private (MatchingTwoTowerResult Value, double Seconds)? _twoTower;
    private (ItemCfOptions Value, double Seconds)? _itemCf;

    public MatchingModels(MatchingOptions options, InteractionMatrix train)
    {
        (_options, _train) = (options, train);
        _towerOptions = MatchingTwoTowerOptions.For(train, options.Seed) with { Threads = options.Threads, TimeLimit = TimeSpan.FromMinutes(options.Minutes) };
        (_part, _validation) = train.HoldOut(_towerOptions.ValidationShare, options.Seed);
    }

    public static IReadOnlyList<string> Names { get; } = ["popularity", "item-cf", "ials", "ease", "two-tower", "two-tower+item-cf"];

    public TrainedModel Train(string name) => name switch
    {
        "popularity" => new TrainedModel(new PopularityModel(_train), ""),
        "item-cf" => ItemCf(),
        "ials" => Ials(),
        "ease" => Ease(),
        "two-tower" => TwoTower(),
        "two-tower+item-cf" => Joined(),
        _ => throw new ArgumentException($"There is no model '{name}'; there are {string.Join(", ", Names)}."),
    };

    private TrainedModel ItemCf()
    {
        var (tuned, before) = Once(ref _itemCf, () => ItemCfTuning.Tune(_part, _validation, _options.Threads));
        return new TrainedModel(new ItemCfModel(_train, tuned, _options.Threads), Text($"user activity^-{tuned.ActivityPower}, query^-{tuned.QueryPower}, candidate^-{tuned.CandidatePower}"), ExtraSeconds: before);
    }

    private TrainedModel Ials()
    {
        var tuned = IalsTuning.Tune(_part, _validation, _options.Threads, _options.Seed);
        return new TrainedModel(new IalsModel(_train, tuned, _options.Threads, new ProgressLines("ials")), Text($"d {tuned.Dimension}, unobserved weight {tuned.UnobservedWeight}, regularisation {tuned.Regularisation}, {tuned.Epochs} epochs"));
    }

    private TrainedModel Ease()
    {
        var tuned = EaseTuning.Tune(_part, _validation, _options.Threads);
        var model = new EaseModel(_train, tuned, _options.Threads, new ProgressLines("ease"));
        string form = model.Form switch
        {
            EaseForm.Items => "exact",
            EaseForm.Users => "exact, by the users' Gram matrix",
            _ => Text($"approximate: predicted from the {tuned.MaxItems:#,0} most popular items"),
        };
        return new TrainedModel(model, Text($"ridge {tuned.Regularisation}, {form}"));
    }

    private TrainedModel TwoTower()
    {
        var (result, before) = TwoTowerResult();
        string epochs = string.Join(", ", result.Towers.Select(t => Text($"{t.Epochs} of {t.Options.Epochs} epochs")));
        return new TrainedModel(result.Model, Text($"{Describe(result.Model)}; {epochs}; validation recall {result.ValidationMetrics.Recall:0.0000}"), result.SamplesPerSecond, before);
    }

    private (MatchingTwoTowerResult Result, double Before) TwoTowerResult() =>
        Once(ref _twoTower, () => new MatchingTwoTowerTrainer(_towerOptions, TimeProvider.System).Train(_train, new ProgressLines("two-tower")));

    private TrainedModel Joined()
    {
        var (result, beforeTower) = TwoTowerResult();
        var (tuned, beforeItemCf) = Once(ref _itemCf, () => ItemCfTuning.Tune(_part, _validation, _options.Threads));
        ItemCfModel validation = new(result.ValidationTrain, tuned, _options.Threads), final = new(_train, tuned, _options.Threads);
        var (model, metrics) = JoinedTuning.Tune(result, _towerOptions, (validation, final));
        string weights = string.Join(", ", model.Others.Select(o => Text($"{o.Weight}")));
        return new TrainedModel(model, Text($"{Describe((MatchingTwoTowerModel)model.First)}; item-cf weight {weights}; validation recall {metrics.Recall:0.0000}"), result.SamplesPerSecond, beforeTower + beforeItemCf);
    }

    private static string Describe(MatchingTwoTowerModel model) =>
        string.Join("; ", model.Towers.Select((t, i) => Text($"{t.UserPart} d {t.Dimension}, degree^{t.PopularityPower}, weight {model.Weights[i]}")));

    // What several rows need is made once; its time counts for each of them.
    private static (T Value, double Before) Once<T>(ref (T Value, double Seconds)? kept, Func<T> make)
    {
        if (kept is { } known) return known;
        var watch = Stopwatch.StartNew();
        var value = make();
        kept = (value, watch.Elapsed.TotalSeconds);
        return (value, 0);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
