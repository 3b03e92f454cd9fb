using LineRec.Data;
using LineRec.Samples.Shop.Logs;
using LineRec.Simulation;

namespace LineRec.Bench.TwoTower;

/// <summary>A log that is split by time, with the questions of its test window.</summary>
internal sealed record AblationLog
{
    private const string ListTask = "lists"; // the shop sample orders each list anew; here retrieval is asked for what was chosen from it

    public required string Name { get; init; }

    public required Catalog Catalog { get; init; }

    /// <summary>Everything before the split, impressions too.</summary>
    public required InteractionTable Known { get; init; }

    public required DateTimeOffset Split { get; init; }

    /// <summary>The end of the test window.</summary>
    public required DateTimeOffset End { get; init; }

    public required bool HasImpressions { get; init; }

    /// <summary>What the tower learns to predict, by the number of the event type.</summary>
    public required float[] PositiveWeights { get; init; }

    /// <summary>The questions by task.</summary>
    public required IReadOnlyList<(string Task, IReadOnlyList<EvaluationCase> Cases)> Tasks { get; init; }

    /// <summary>Items with no event before the split, impressions included, that were for sale before the window's end.</summary>
    public required int[] ColdItems { get; init; }

    /// <summary>What users clicked in the window, the questions of cold items.</summary>
    public required IReadOnlyList<EvaluationCase> Clicks { get; init; }

    public static AblationLog Read(AblationOptions options)
    {
        string folder = Directory.CreateTempSubdirectory("linerec-ablation-").FullName;
        try
        {
            if (options.Data is { } data) return Read(At(options, LogConverters.Detect(data).Convert(data, folder)));
            var shop = new ShopSimulationOptions { Users = options.Users, Items = options.Items, Days = options.Days, EventTarget = options.Events };
            var end = ShopSimulator.Run(folder, shop).EndsAt;
            return Read(new ShopLogInfo("simulator", folder, end.AddDays(-options.TestDays), end, [EvaluationTask.Discovery]) { HasImpressions = true });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Prices of the catalog stay those before the log's own split.
    private static ShopLogInfo At(AblationOptions options, ShopLogInfo log)
    {
        var moved = log with { SplitAt = options.Split ?? log.SplitAt, EndsAt = options.Until ?? log.EndsAt };
        return moved.SplitAt < moved.EndsAt ? moved : throw new ArgumentException($"The split at {moved.SplitAt:u} isn't before the window's end at {moved.EndsAt:u}; choose an earlier --split or a later --until.");
    }

    private static AblationLog Read(ShopLogInfo info)
    {
        var log = ShopLog.Open(info.Directory);
        var catalog = log.ReadCatalog();
        var events = log.ReadInteractions(catalog, info.HasImpressions ? [EventType.Impression, EventType.Click, EventType.Cart, EventType.Purchase, EventType.Favourite] : null);
        var history = info.HasImpressions ? events.Without(EventType.Impression) : events;
        var target = info.UsersAreSessions ? EventType.Click : EventType.Purchase;
        float[] onlyTarget = [.. Enumerable.Range(0, 6).Select(t => t == (int)target ? 1f : 0f)];
        var known = events.Before(info.SplitAt);
        return new AblationLog
        {
            Name = info.Dataset,
            Catalog = catalog,
            Known = known,
            Split = info.SplitAt,
            End = info.EndsAt,
            HasImpressions = info.HasImpressions,
            PositiveWeights = info.HasImpressions ? [0f, 0.3f, 0.5f, 1f, 0.5f, 0f] : onlyTarget,
            Tasks = info.Tasks.Contains(ListTask)
                ? [("choices", AblationListCases.Find(history, info.SplitAt, info.EndsAt, onlyNew: false)), ("new_choices", AblationListCases.Find(history, info.SplitAt, info.EndsAt, onlyNew: true))]
                : [.. info.Tasks.Select(t => (t, Cases(t)))],
            ColdItems = Cold(catalog, known, info.EndsAt),
            Clicks = info.UsersAreSessions ? [] : EvaluationCases.FromWindow(history, info.SplitAt, info.EndsAt, discovery: false, info.HasImpressions ? EventType.Click : target),
        };

        IReadOnlyList<EvaluationCase> Cases(string task) => task == EvaluationTask.NextClick
            ? EvaluationCases.NextClick(history.Where(info.SplitAt, info.EndsAt))
            : EvaluationCases.FromWindow(history, info.SplitAt, info.EndsAt, task == EvaluationTask.Discovery, target);
    }

    private static int[] Cold(Catalog catalog, InteractionTable known, DateTimeOffset end)
    {
        var seen = known.Rows.ToHashSet();
        return [.. Enumerable.Range(0, catalog.Count).Where(row => !seen.Contains(row) && (catalog.ListedAt is null || catalog.ListedAt[row] < end.ToUnixTimeMilliseconds()))];
    }
}
