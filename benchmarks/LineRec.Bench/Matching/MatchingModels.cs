using System.Diagnostics;
using System.Globalization;
using LineRec.Training;

namespace LineRec.Bench.Matching;

/// <summary>Trains the models of the verb, each with settings chosen on a slice of the training file.</summary>
internal sealed class MatchingModels
{
    private const double ValidationShare = 0.1;
    private readonly MatchingOptions _options;
    private readonly InteractionMatrix _train;
    private readonly InteractionMatrix _part;
    private readonly InteractionMatrix _validation;
    private readonly MatchingTwoTowerOptions _towerOptions;
    private (MatchingTwoTowerResult Result, double Seconds)? _twoTower;

    public MatchingModels(MatchingOptions options, InteractionMatrix train)
    {
        (_options, _train) = (options, train);
        (_part, _validation) = train.HoldOut(ValidationShare, options.Seed);
        _towerOptions = MatchingTwoTowerOptions.For(train, options.Seed) with { Threads = options.Threads, TimeLimit = TimeSpan.FromMinutes(options.Minutes), ValidationShare = ValidationShare };
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
        var tuned = ItemCfTuning.Tune(_part, _validation, _options.Threads);
        return new TrainedModel(new ItemCfModel(_train, tuned, _options.Threads), Text($"user activity^-{tuned.ActivityPower}, query^-{tuned.QueryPower}, candidate^-{tuned.CandidatePower}"));
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
        var result = TwoTowerResult();
        string towers = string.Join("; ", result.Towers.Select((t, i) => Text($"{t.Options.UserPart} d {t.Options.Dimension}, {t.Epochs} of {t.Options.Epochs} epochs, degree^{result.Model.Towers[i].PopularityPower}, weight {result.Model.Weights[i]}")));
        return new TrainedModel(result.Model, Text($"{towers}; validation recall {result.ValidationMetrics.Recall:0.0000}"), result.SamplesPerSecond);
    }

    private MatchingTwoTowerResult TwoTowerResult()
    {
        if (_twoTower is { } known) return known.Result;
        var watch = Stopwatch.StartNew();
        var result = new MatchingTwoTowerTrainer(_towerOptions, TimeProvider.System).Train(_train, new ProgressLines("two-tower"));
        _twoTower = (result, watch.Elapsed.TotalSeconds);
        return result;
    }

    private TrainedModel Joined()
    {
        double before = _twoTower?.Seconds ?? 0;
        var result = TwoTowerResult();
        var tuned = ItemCfTuning.Tune(result.ValidationTrain, result.Validation, _options.Threads);
        ItemCfModel validation = new(result.ValidationTrain, tuned, _options.Threads), final = new(_train, tuned, _options.Threads);
        var (model, metrics) = JoinedTuning.Tune(result, _towerOptions, (validation, final));
        return new TrainedModel(model, Text($"{model}; validation recall {metrics.Recall:0.0000}"), result.SamplesPerSecond, before);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
