using LineRec.Training;

using TwoTowerOptions = LineRec.Training.TwoTowerOptions;

namespace LineRec.Bench.TwoTower;

/// <summary>
/// Item-to-item co-occurrence, alone and beside a two-tower. How it counts, and what it weighs beside the two-tower, is chosen on the window of equal length before the
/// split, by models that know only what is before that window; then it is counted anew on everything before the split.
/// </summary>
internal sealed class AblationCoOccurrence : IDisposable
{
    private static readonly double[] Weights = [0, 0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 5];
    private readonly IReadOnlyList<EvaluationCase> _validation;
    private readonly AblationInputs _inputs; // fitted to what is before the validation window
    private readonly AblationTraining _training;
    private readonly ItemCfModel _before;

    public AblationCoOccurrence(AblationLog log, AblationOptions options)
    {
        var from = log.Split - (log.End - log.Split);
        var before = log with { Known = log.Known.Before(from), Split = from };
        _validation = EvaluationCases.FromWindow(log.Known.Without(EventType.Impression), from, log.Split, discovery: true);
        if (_validation.Count == 0) throw new ArgumentException($"No user bought something new between {from:u} and the split at {log.Split:u}, so there is nothing to choose the weight of co-occurrence on; choose a later --split.");
        _inputs = new AblationInputs(before, options);
        _training = new AblationTraining(before.Known, log.Catalog, from);
        var counted = Bought(before.Known, log.Catalog);
        int[] users = [.. _validation.SelectMany(c => c.Targets.Select(_ => c.BootstrapUnit))], targets = [.. _validation.SelectMany(c => c.Targets)];
        var chosen = ItemCfTuning.Tune(counted, InteractionMatrix.FromPairs(users, targets, counted.UserCount, counted.ItemCount), Environment.ProcessorCount);
        _before = new ItemCfModel(counted, chosen, Environment.ProcessorCount);
        Model = new ItemCfModel(Bought(log.Known, log.Catalog), chosen, Environment.ProcessorCount);
    }

    /// <summary>Co-occurrence of everything that was bought before the split.</summary>
    public ItemCfModel Model { get; }

    /// <summary>The weight that finds the most in the validation window beside a two-tower that is trained as a variant says on what is before it.</summary>
    public double Choose(AblationVariant variant, TwoTowerOptions defaults)
    {
        using var towers = _training.Train(variant, defaults, _inputs.Of(variant.Features), _inputs.Of(variant.NewItems)).Model;
        using var scores = new AblationTowerScores(towers, _validation);
        return Weights.MaxBy(weight => AblationJudge.Judge(new JoinedModel(scores, (_before, weight)), _validation).Recall);
    }

    public void Dispose() => _inputs.Dispose();

    private static InteractionMatrix Bought(InteractionTable events, Catalog catalog)
    {
        List<int> users = [], items = [];
        for (int user = 0; user < events.UserCount; user++)
        {
            for (int at = events.Offsets[user]; at < events.Offsets[user + 1]; at++)
            {
                if (events.Types[at] != EventType.Purchase) continue;
                users.Add(user);
                items.Add(events.Rows[at]);
            }
        }

        return InteractionMatrix.FromPairs([.. users], [.. items], events.UserCount, catalog.Count);
    }
}
