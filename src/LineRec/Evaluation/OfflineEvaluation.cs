namespace LineRec;

/// <summary>Puts systems, and a pipeline as it serves, to the same cases and compares them.</summary>
public static class OfflineEvaluation
{
    private static readonly string[] StageNames = ["retrieve", "filter", "rank", "rerank"];

    /// <summary>Evaluates. Each case is run once per system and once for the pipeline.</summary>
    /// <param name="task">The task's name; see <see cref="EvaluationTask"/>.</param>
    /// <param name="catalog">The catalog whose rows cases and systems speak of.</param>
    /// <param name="cases">The cases, at least one.</param>
    /// <param name="systems">The systems to compare; names are distinct.</param>
    /// <param name="pipeline">The pipeline, or null.</param>
    /// <param name="options">How to run.</param>
    /// <returns>The report. Results don't depend on the number of threads.</returns>
    /// <exception cref="ArgumentException">There is no case, a case has no target, or two systems have one name.</exception>
    public static EvaluationReport Run(
        string task, Catalog catalog, IReadOnlyList<EvaluationCase> cases, IReadOnlyList<IRankedSystem> systems, PipelineSystem? pipeline = null, EvaluationOptions? options = null)
    {
        options ??= new EvaluationOptions();
        if (cases.Count == 0) throw new ArgumentException($"Task '{task}' has no case to evaluate: check the split and that users have events on both sides of it.", nameof(cases));
        string[] names = pipeline is null ? [.. systems.Select(s => s.Name)] : [.. systems.Select(s => s.Name), pipeline.RankedName, pipeline.FunnelName];
        if (names.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1) is { } twice) throw new ArgumentException($"Two systems are named '{twice.Key}'.", nameof(systems));

        var lists = names.Select(_ => new ListCollector(cases, options.K)).ToArray();
        var stages = new StageCollector(cases.Count);
        int done = 0;
        Parallel.For(
            0,
            cases.Count,
            new ParallelOptions { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism },
            () => new FunnelProbe(options.K),
            (index, _, probe) =>
            {
                for (int s = 0; s < systems.Count; s++)
                {
                    var list = lists[s].Begin(index);
                    lists[s].End(index, systems[s].Recommend(cases[index], list));
                }

                if (pipeline is not null)
                {
                    pipeline.Run(cases[index], probe);
                    lists[^2].Set(index, probe.Ranked);
                    lists[^1].Set(index, probe.Slate);
                    stages.Set(index, probe);
                }

                options.Progress?.Invoke(Interlocked.Increment(ref done));
                return probe;
            },
            _ => { });

        var units = new UnitSums(cases);
        var comparison = new MetricComparison(task, names, [.. lists.Select(units.SumMetrics)], units.Counts, options);
        return new EvaluationReport(
            task,
            options.K,
            cases.Count,
            units.Counts.Length,
            [.. names.Select((_, s) => Describe(comparison, s, lists[s], catalog, options))],
            pipeline is null ? [] : comparison.Pair(systems.Count),
            pipeline is null ? [] : stages.ToRows(StageNames),
            stages.Degraded);
    }

    private static QualityRow Describe(MetricComparison comparison, int system, ListCollector lists, Catalog catalog, EvaluationOptions options)
    {
        var coverage = new CatalogCoverage(Math.Max(1, catalog.Count));
        var novelty = options.Popularity.IsEmpty ? null : new Novelty(options.Popularity.Span);
        var diversity = (options.DiversityColumn ?? catalog.Category) is { } column ? new IntraListDiversity(column) : null;
        var (shortLists, empty) = (0, 0);
        for (int i = 0; i < lists.Count; i++)
        {
            var list = lists[i];
            coverage.Add(list);
            novelty?.Add(list);
            diversity?.Add(list);
            if (list.Length < options.K) shortLists++;
            if (list.Length == 0) empty++;
        }

        return comparison.Describe(system) with
        {
            Coverage = coverage.Value,
            Novelty = novelty?.Value ?? double.NaN,
            IntraListDiversity = diversity?.Value ?? double.NaN,
            ShortLists = shortLists,
            EmptyLists = empty,
        };
    }
}
