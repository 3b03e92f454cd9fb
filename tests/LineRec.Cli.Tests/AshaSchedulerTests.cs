using CsCheck;
using LineRec.Recipes;

namespace LineRec.Cli.Tests;

/// <summary>Which training comes next, whatever the scores and however many workers ask.</summary>
public sealed class AshaSchedulerTests
{
    private static readonly Gen<(SweepRules Rules, int Workers, uint Seed)> Sweeps =
        from trials in Gen.Int[1, 40]
        from rungs in Gen.Int[1, 4]
        from reduction in Gen.Int[2, 4]
        from workers in Gen.Int[1, 5]
        from seed in Gen.UInt
        select (new SweepRules(trials, [.. Enumerable.Range(0, rungs).Select(r => 1 << r)], reduction), workers, seed);

    [Fact]
    public void No_training_is_begun_twice_each_goes_on_from_the_rung_before_and_all_trials_begin() => Sweeps.Sample(sweep =>
    {
        var run = Run(sweep.Rules, sweep.Workers, sweep.Seed, NoisyScore);
        Assert.Equal(run.Begun.Count, run.Begun.Distinct().Count());
        Assert.Equal(Enumerable.Range(0, sweep.Rules.Trials), run.Begun.Where(j => j.Rung == 0).Select(j => j.Trial).Order());
        Assert.All(run.Begun, j => Assert.InRange(j.Rung, 0, sweep.Rules.Epochs.Count - 1));
        Assert.Equal(run.Begun.ToHashSet(), [.. run.Finished.Select(f => new SweepJob(f.Trial, f.Rung))]);
    });

    [Fact]
    public void What_goes_on_is_among_the_best_of_its_rung() => Sweeps.Sample(sweep => Run(sweep.Rules, sweep.Workers, sweep.Seed, NoisyScore, (job, finished, running) =>
    {
        if (job.Rung == 0) return;
        var rung = finished.Where(f => f.Rung == job.Rung - 1).ToList();
        int better = rung.Count(f => f.Score > rung.Single(r => r.Trial == job.Trial).Score);
        bool isLast = running.Count == 0 && finished.Count(f => f.Rung == 0) == sweep.Rules.Trials;
        Assert.True(better < (isLast ? (int)Math.Ceiling(rung.Count / (double)sweep.Rules.Reduction) : rung.Count / sweep.Rules.Reduction), $"{job} goes on although {better} of {rung.Count} are better.");
    }));

    [Fact]
    public void Where_epochs_change_no_order_the_best_trial_wins_with_the_most_epochs() => Sweeps.Sample(sweep =>
    {
        var run = Run(sweep.Rules, sweep.Workers, sweep.Seed, (job, seed) => NoisyScore(new SweepJob(job.Trial, 0), seed));
        var best = SweepResult.Best(run.Finished)!;
        Assert.Equal(run.Finished.Max(f => f.Score), best.Score);
        Assert.Equal(sweep.Rules.Epochs[^1], best.Epochs);
    });

    [Fact]
    public void The_order_in_which_results_are_told_changes_nothing() => Sweeps.Sample(sweep => Run(sweep.Rules, sweep.Workers, sweep.Seed, NoisyScore, (job, finished, running) =>
        Assert.Equal(job, AshaScheduler.Next(sweep.Rules, [.. finished.Reverse()], [.. running.Reverse()]))));

    [Fact]
    public void Killed_at_any_training_a_sweep_of_one_worker_ends_as_if_it_had_not_been() => Gen.Select(Sweeps, Gen.Int[0, 1000]).Sample((sweep, at) =>
    {
        var whole = Run(sweep.Rules, 1, sweep.Seed, NoisyScore).Finished;
        var kept = whole.Take(at % (whole.Count + 1)).ToList();
        while (AshaScheduler.Next(sweep.Rules, kept, []) is { } job) kept.Add(Finish(sweep.Rules, job, sweep.Seed, NoisyScore));
        Assert.Equal(whole.Select(w => (w.Trial, w.Rung, w.Score)), kept.Select(k => (k.Trial, k.Rung, k.Score)));
    });

    [Fact]
    public void A_trial_that_came_to_nothing_never_goes_on()
    {
        var rules = new SweepRules(6, [1, 2, 4], 2);
        var run = Run(rules, 1, 1, (job, _) => job.Trial == 4 ? double.NaN : job.Trial);
        Assert.DoesNotContain(new SweepJob(4, 1), run.Begun);
        Assert.Equal(5, SweepResult.Best(run.Finished)!.Trial);
        var nothing = Run(rules, 1, 1, (_, _) => double.NaN);
        Assert.Equal(6, nothing.Finished.Count);
        Assert.Null(SweepResult.Best(nothing.Finished));
    }

    [Theory]
    [InlineData(-1, "0.0 1.0 2.0 0.1 3.0 4.0 5.0 1.1 6.0 7.0 8.0 2.1 0.2")] // the best come first: 9, 3 and 1 trainings, as in successive halving
    [InlineData(1, "0.0 1.0 2.0 2.1 3.0 3.1 4.0 4.1 4.2 5.0 5.1 5.2 6.0 6.1 6.2 7.0 7.1 7.2 8.0 8.1 8.2")] // each is better than all before: what going on without waiting costs at worst
    public void Nine_trials_in_three_rungs_go_on_as_algorithm_2_says(int sign, string order)
    {
        var run = Run(new SweepRules(9, [1, 3, 9], 3), 1, 1, (job, _) => sign * job.Trial);
        Assert.Equal(order, string.Join(' ', run.Begun.Select(j => $"{j.Trial}.{j.Rung}")));
    }

    [Theory]
    [InlineData("asha", 1, 9, 3, "1 3 9")]
    [InlineData("asha", 1, 8, 3, "1 3 8")]
    [InlineData("asha", 4, 4, 3, "4")]
    [InlineData("random", 1, 8, 3, "8")]
    public void Rungs_multiply_the_epochs_up_to_the_most(string method, int least, int most, int reduction, string epochs)
    {
        var rules = SweepRules.Of(new RecipeSettings { SweepMethod = method, SweepMinEpochs = least, SweepMaxEpochs = most, SweepReduction = reduction });
        Assert.Equal(epochs, string.Join(' ', rules.Epochs));
    }

    [Fact]
    public void The_least_epochs_must_be_the_smaller() =>
        Assert.Contains("sweep.min_epochs is 5 and sweep.max_epochs 4", Assert.Throws<RecipeException>(() => SweepRules.Of(new RecipeSettings { SweepMinEpochs = 5, SweepMaxEpochs = 4 })).Message, StringComparison.Ordinal);

    /// <summary>Workers that take turns at finishing, in a seeded order.</summary>
    private static (List<SweepJob> Begun, List<SweepResult> Finished) Run(
        SweepRules rules, int workers, uint seed, Func<SweepJob, uint, double> score, Action<SweepJob, IReadOnlyList<SweepResult>, IReadOnlyList<SweepJob>>? check = null)
    {
        var random = new Random(unchecked((int)seed));
        List<SweepJob> begun = [], running = [];
        List<SweepResult> finished = [];
        while (true)
        {
            while (running.Count < workers && AshaScheduler.Next(rules, finished, running) is { } job)
            {
                check?.Invoke(job, finished, running);
                begun.Add(job);
                running.Add(job);
            }

            if (running.Count == 0) return (begun, finished);
            int done = random.Next(running.Count);
            finished.Add(Finish(rules, running[done], seed, score));
            running.RemoveAt(done);
        }
    }

    private static SweepResult Finish(SweepRules rules, SweepJob job, uint seed, Func<SweepJob, uint, double> score) =>
        new(job.Trial, job.Rung, rules.Epochs[job.Rung], score(job, seed), 0, new Dictionary<string, string>());

    private static double NoisyScore(SweepJob job, uint seed) => new Random(HashCode(job, seed)).NextDouble();

    private static int HashCode(SweepJob job, uint seed) => unchecked((int)((seed * 31) + (uint)(job.Trial * 7919) + (uint)(job.Rung * 104_729)));
}
