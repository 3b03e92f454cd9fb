namespace LineRec.Training.Tests;

/// <summary>A training that ended anywhere, and was started again, ends with the same model.</summary>
public sealed class TrainerResumeTests : IDisposable
{
    private const int Steps = 24; // 6 epochs of 4
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linerec-resume-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(null)]
    public void A_crash_at_any_step_leaves_the_same_model(int? every)
    {
        float[] whole = Train(null, out var untouched);
        Assert.Equal(TrainingEnd.EndedByCallback, untouched.End);
        for (int crash = 1; crash <= untouched.Steps; crash++)
        {
            var checkpoints = new CheckpointOptions(Folder($"crash-{every}-{crash}")) { EverySteps = every };
            Assert.Throws<TimeoutException>(() => Train(checkpoints, out _, crashAt: crash));
            float[] resumed = Train(checkpoints, out var result);

            Assert.Equal(whole, resumed);
            Assert.Equal(crash > (every ?? 4), result.ResumedFrom is not null);
            Assert.Equal((untouched.Steps, untouched.End), (result.Steps, result.End));
            Assert.Equal(untouched.Epochs.Select(e => (e.Loss, e.Metrics["figure"])), result.Epochs.Select(e => (e.Loss, e.Metrics["figure"])));
        }
    }

    [Fact]
    public void A_stop_ends_after_the_step_with_a_checkpoint_and_says_so()
    {
        float[] whole = Train(null, out var untouched);
        var checkpoints = new CheckpointOptions(Folder("stop"));
        for (int stop = 1; stop < untouched.Steps; stop += 2) // again and again, in one folder
        {
            Train(checkpoints, out var stopped, stopAt: stop);
            Assert.Equal((TrainingEnd.Stopped, stop), (stopped.End, stopped.Steps));
            Assert.True(File.Exists(stopped.Checkpoint));
        }

        Assert.Equal(whole, Train(checkpoints, out var result));
        Assert.Equal(untouched.End, result.End);
    }

    [Fact]
    public void SIGTERM_ends_a_training_and_not_the_process_where_that_is_wanted()
    {
        if (OperatingSystem.IsWindows()) return; // has no such signal
        using var module = new LineModule();
        var checkpoints = new CheckpointOptions(Folder("signal")) { StopOnSigterm = true };
        int seen = 0;
        var progress = new Watcher(_ =>
        {
            if (++seen == 5) System.Diagnostics.Process.Start("kill", ["-TERM", $"{Environment.ProcessId}"]).WaitForExit();
        });
        var result = Fit(module, new TrainerOptions { Epochs = 1_000_000, Checkpoints = checkpoints, Progress = progress });

        Assert.Equal(TrainingEnd.Stopped, result.End);
        Assert.Equal(seen, result.Steps);
        Assert.True(File.Exists(result.Checkpoint));
    }

    [Fact]
    public void A_training_that_had_ended_is_not_repeated()
    {
        var checkpoints = new CheckpointOptions(Folder("ended"));
        float[] first = Train(checkpoints, out var result);
        float[] again = Train(checkpoints, out var repeated, crashAt: 1);

        Assert.Equal(first, again);
        Assert.Equal((result.End, result.Steps), (repeated.End, repeated.Steps));
    }

    [Fact]
    public void Without_resume_a_training_starts_anew()
    {
        var checkpoints = new CheckpointOptions(Folder("anew"));
        float[] first = Train(checkpoints, out _);
        float[] again = Train(checkpoints with { Resume = false }, out var result);

        Assert.Equal(first, again);
        Assert.Null(result.ResumedFrom);
    }

    [Fact]
    public void Without_resume_a_folder_need_not_be_there()
    {
        float[] whole = Train(null, out _);
        Assert.Equal(whole, Train(new CheckpointOptions(Folder("none")) { Resume = false }, out _));
    }

    [Fact]
    public void A_damaged_last_checkpoint_falls_back_to_the_one_before()
    {
        float[] whole = Train(null, out _);
        var checkpoints = new CheckpointOptions(Folder("damaged")) { EverySteps = 1 };
        Train(checkpoints, out _, stopAt: 11);
        string last = Path.Combine(checkpoints.Folder, "last.ckpt"), previous = Path.Combine(checkpoints.Folder, "previous.ckpt");
        File.WriteAllBytes(last, File.ReadAllBytes(last)[..^1]);

        Assert.Equal(whole, Train(checkpoints, out var result));
        Assert.Equal(previous, result.ResumedFrom);
        Assert.Contains(last, Assert.Single(result.RefusedCheckpoints), StringComparison.Ordinal);
    }

    [Fact]
    public void A_crash_between_the_renames_falls_back_to_the_one_before()
    {
        float[] whole = Train(null, out _);
        var checkpoints = new CheckpointOptions(Folder("renames")) { EverySteps = 1 };
        Train(checkpoints, out _, stopAt: 5);
        File.Delete(Path.Combine(checkpoints.Folder, "last.ckpt"));
        File.WriteAllText(Path.Combine(checkpoints.Folder, "checkpoint.tmp"), "half");

        Assert.Equal(whole, Train(checkpoints, out var result));
        Assert.NotNull(result.ResumedFrom);
    }

    [Fact]
    public void A_training_without_a_whole_checkpoint_is_refused_and_told_what_to_do()
    {
        var checkpoints = new CheckpointOptions(Folder("both")) { EverySteps = 1 };
        Train(checkpoints, out _, stopAt: 5);
        foreach (string file in Directory.GetFiles(checkpoints.Folder)) File.WriteAllText(file, "damaged");

        string message = Assert.Throws<InvalidDataException>(() => Train(checkpoints, out _)).Message;
        Assert.Contains("last.ckpt", message, StringComparison.Ordinal);
        Assert.Contains("previous.ckpt", message, StringComparison.Ordinal);
        Assert.Contains("to start anew", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_module_other_options_and_other_data_are_refused_by_name()
    {
        var checkpoints = new CheckpointOptions(Folder("foreign"));
        Train(checkpoints, out _, stopAt: 6);

        Refused("- then: noise = True", "-  now: noise = False", () => Fit(new LineModule(noise: false), Options(checkpoints), new ShuffledRows(LineModule.Rows, 25, 3)));
        Refused("- then: TrainerOptions.Epochs = 6", "-  now: TrainerOptions.Epochs = 7", () => Fit(new LineModule(noise: true), Options(checkpoints) with { Epochs = 7 }, new ShuffledRows(LineModule.Rows, 25, 3)));
        Refused("- then: TrainerOptions.Callbacks = EarlyStopping", "-  now: TrainerOptions.Callbacks = ", () => Fit(new LineModule(noise: true), Options(checkpoints) with { Callbacks = [] }, new ShuffledRows(LineModule.Rows, 25, 3)));
        Refused("among other rows", "with seed 4", () => Fit(new LineModule(noise: true), Options(checkpoints), new ShuffledRows(LineModule.Rows, 25, 4)));

        static void Refused(string then, string now, Action train)
        {
            string message = Assert.Throws<InvalidDataException>(train).Message;
            Assert.Contains(then, message, StringComparison.Ordinal);
            Assert.Contains(now, message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_best_checkpoint_is_that_of_the_best_epoch_and_can_be_gone_on_from()
    {
        var checkpoints = new CheckpointOptions(Folder("best")) { Metric = "figure" };
        using var module = new LineModule { Figure = n => new[] { 0.1, 0.7, 0.7, 0.2, 0.3, 0.1 }[n] };
        Fit(module, new TrainerOptions { Epochs = 6, Checkpoints = checkpoints });

        string copy = Folder("from-best");
        Directory.CreateDirectory(copy);
        File.Copy(Path.Combine(checkpoints.Folder, "best.ckpt"), Path.Combine(copy, "last.ckpt"));
        using var best = new LineModule { Figure = n => -n };
        int first = 0;
        var result = Fit(best, new TrainerOptions { Epochs = 6, Checkpoints = checkpoints with { Folder = copy }, Progress = new Watcher(p => first = first == 0 ? p.Epoch : first) });

        Assert.Equal(3, first); // after the second
        Assert.Equal(module.Values, best.Values);
        Assert.Equal([0.1, 0.7, -2, -3, -4, -5], result.Epochs.Select(e => e.Metrics["figure"]));
    }

    private string Folder(string name) => Path.Combine(_folder.FullName, name);

    private static TrainerOptions Options(CheckpointOptions? checkpoints) => new()
    {
        Epochs = 6, BatchesPerStep = 1, ClipNorm = 0.5, Schedule = new LearningRateSchedule(1, 3, Steps), Checkpoints = checkpoints, Callbacks = [new EarlyStopping("figure") { Patience = 2 }],
    };

    // The third epoch is the best; the training ends after the fifth.
    private static float[] Train(CheckpointOptions? checkpoints, out TrainingResult result, int crashAt = 0, int stopAt = 0)
    {
        using var module = new LineModule(noise: true) { Figure = n => new[] { 0.1, 0.2, 0.5, 0.3, 0.4, 0 }[n] };
        using var stop = new CancellationTokenSource();
        var progress = new Watcher(p =>
        {
            int step = ((p.Epoch - 1) * p.Steps) + p.Step;
            if (step == crashAt) throw new TimeoutException("crash");
            if (step == stopAt) stop.Cancel();
        });
        result = Fit(module, Options(checkpoints) with { Progress = progress }, stop: stop.Token);
        return module.Values;
    }

    private static TrainingResult Fit(LineModule module, TrainerOptions options, ShuffledRows? data = null, CancellationToken stop = default) =>
        new Trainer(options).Fit(module, data ?? new ShuffledRows(LineModule.Rows, 25, 3), stop);

    private sealed class Watcher(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
