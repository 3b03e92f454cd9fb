namespace LineRec.Tests.Evaluation;

public sealed class OfflineEvaluationTests
{
    private static readonly EvaluationCase[] Cases =
    [
        new() { UserId = "a", Time = TestShop.Now, Targets = [1, 2], BootstrapUnit = 0 },
        new() { UserId = "b", Time = TestShop.Now, Targets = [8], UnknownTargets = 1, BootstrapUnit = 1 },
    ];

    private static readonly EvaluationOptions Options = new() { K = 3, Resamples = 50 };

    [Fact]
    public void One_run_of_a_request_yields_the_ranked_list_the_slate_and_every_stage()
    {
        int runs = 0;
        using var recommender = TestShop.Build(p => p
            .Retrieve(r => r.Use("rows", 50, TestShop.Rows(1, 2, 3, 4, 5, 6, 7, 8)))
            .Filter(f => f.Use("no 1", (_, c, _) =>
            {
                Interlocked.Increment(ref runs);
                c.Remove(c.Rows.IndexOf(1));
                return default;
            }))
            .Rank(r => r.Use("by row", (_, c, _) =>
            {
                for (int i = 0; i < c.Count; i++) c.Scores[i] = -c.Rows[i];
                return default;
            }).Take(5))
            .ReRank(r => r.Use("backwards", (_, c, _) =>
            {
                c.Reorder([.. Enumerable.Range(0, c.Count).Reverse()]);
                return default;
            })));

        var report = OfflineEvaluation.Run("all", TestShop.Catalog(), Cases, [], new PipelineSystem(recommender, "home", TestShop.Catalog()), Options);

        Assert.Equal(2, runs);
        // Retrieved 1 to 8; filtered 2 to 8; ranked 2 to 6, best 2, 3, 4; slate 6, 5, 4. Targets 1, 2 of a; 8 and an unknown one of b.
        Assert.Equal(
            [new("retrieve", (1 + 0.5) / 2, 8), new("filter", (0.5 + 0.5) / 2, 7), new("rank", (0.5 + 0) / 2, 5), new("rerank", 0, 3)],
            report.Stages);
        Assert.Equal(0.25, report["ranked"].Recall.Value);
        Assert.Equal(0.5, report["ranked"].Mrr.Value);
        Assert.Equal(0, report["funnel"].Recall.Value);
        Assert.Equal(3 / 100.0, report["funnel"].Coverage);
        Assert.Equal((2, 2, 0), (report.Cases, report.Units, report.DegradedSlates));
    }

    [Fact]
    public void A_funnel_without_filters_rankers_and_rerankers_inherits_the_stages()
    {
        using var recommender = TestShop.Build(p => p.Retrieve(r => r.Use("rows", 50, TestShop.Rows(5, 1, 2, 8))));
        var report = OfflineEvaluation.Run("all", TestShop.Catalog(), Cases, [], new PipelineSystem(recommender, "home", TestShop.Catalog()), Options);
        Assert.Equal([new("retrieve", 0.75, 4), new("filter", 0.75, 4), new("rank", 0.5, 4), new("rerank", 0.5, 3)], report.Stages);
        Assert.Equal(report["ranked"].Ndcg, report["funnel"].Ndcg);
    }

    [Fact]
    public void A_fallbacks_candidates_are_not_taken_for_the_placements_own()
    {
        using var recommender = TestShop.Build(
            p => p.Retrieve(r => r.Use("rows", 50, TestShop.Rows(5))).FallBackTo("charts"),
            more: b => b.AddPlacement("charts", p => p.Retrieve(r => r.Use("chart", 50, TestShop.Rows(1, 2, 8)))));
        var report = OfflineEvaluation.Run("all", TestShop.Catalog(), Cases, [], new PipelineSystem(recommender, "home", TestShop.Catalog()), Options);
        Assert.Equal(1, report.Stages[0].Candidates);
        Assert.Equal(0, report["ranked"].Recall.Value);
        Assert.Equal(2, report["ranked"].ShortLists);
        Assert.Equal(0.5, report["funnel"].Recall.Value);
        Assert.Equal(2, report.DegradedSlates);
    }

    [Fact]
    public void Pairs_compare_the_ranked_list_with_every_other_system_on_every_metric()
    {
        using var recommender = TestShop.Build(p => p.Retrieve(r => r.Use("rows", 50, TestShop.Rows(1, 2, 8))));
        var systems = new[] { Fixed("bad", 50, 51, 52), Fixed("same", 1, 2, 8) };
        var report = OfflineEvaluation.Run("all", TestShop.Catalog(), Cases, systems, new PipelineSystem(recommender, "home", TestShop.Catalog()), Options);
        Assert.Equal(["bad", "same", "funnel"], report.Paired.Select(p => p.Versus).Distinct());
        Assert.Equal(["recall_at_3", "ndcg_at_3", "hit_rate_at_3", "mrr"], report.Paired.Select(p => p.Metric).Distinct());
        Assert.All(report.Paired.Where(p => p.Versus != "bad"), p => Assert.Equal((0, 0, 0), (p.Difference, p.Low, p.High)));
        Assert.Equal(0.75, report.Paired.Single(p => p.Versus == "bad" && p.Metric == "recall_at_3").Difference);
        Assert.All(report.Paired.Where(p => p.Versus == "bad"), p => Assert.True(p.Low > 0));
    }

    [Fact]
    public void What_the_task_excludes_is_struck_from_every_list()
    {
        using var recommender = TestShop.Build(p => p.Retrieve(r => r.Use("rows", 50, TestShop.Rows(1, 2, 8, 9))));
        var cases = new[] { Cases[0] with { Targets = [8], ExcludedRows = [1, 2] } };
        var report = OfflineEvaluation.Run("discovery", TestShop.Catalog(), cases, [Fixed("fixed", 2, 8, 1)], new PipelineSystem(recommender, "home", TestShop.Catalog()), Options);
        Assert.Equal(1, report["fixed"].Mrr.Value);
        Assert.Equal(1, report["ranked"].Mrr.Value);
        Assert.Equal(1, report["funnel"].Mrr.Value);
    }

    [Fact]
    public void The_report_does_not_depend_on_the_number_of_threads()
    {
        var cases = Enumerable.Range(0, 200).Select(i => new EvaluationCase { UserId = $"u{i}", Time = TestShop.Now, Targets = [i % 17, 20 + (i % 11)], BootstrapUnit = i / 3 }).ToArray();
        var system = new RankedSystem("system", (c, rows) =>
        {
            for (int i = 0; i < rows.Length; i++) rows[i] = (c.BootstrapUnit + (i * 7)) % 100;
            return rows.Length;
        });
        var options = new EvaluationOptions { Popularity = Enumerable.Repeat(1.0, 100).ToArray() };
        var parallel = OfflineEvaluation.Run("all", TestShop.Catalog(), cases, [system], null, options);
        var single = OfflineEvaluation.Run("all", TestShop.Catalog(), cases, [system], null, options with { MaxDegreeOfParallelism = 1 });
        Assert.Equal(single["system"], parallel["system"]);
        Assert.Equal(67, parallel.Units);
        Assert.Empty(parallel.Paired);
        Assert.Empty(parallel.Stages);
    }

    [Fact]
    public void Bad_input_is_named()
    {
        Assert.Contains("no case", Assert.Throws<ArgumentException>(() => OfflineEvaluation.Run("all", TestShop.Catalog(), [], [])).Message);
        Assert.Contains("'x'", Assert.Throws<ArgumentException>(() => OfflineEvaluation.Run("all", TestShop.Catalog(), Cases, [Fixed("x"), Fixed("x")])).Message);
        var report = OfflineEvaluation.Run("all", TestShop.Catalog(), Cases, [Fixed("x", 1)]);
        Assert.Contains("it has: x", Assert.Throws<ArgumentException>(() => report["y"]).Message);
    }

    private static RankedSystem Fixed(string name, params int[] list) => new(name, (_, rows) =>
    {
        list.CopyTo(rows);
        return list.Length;
    });
}
