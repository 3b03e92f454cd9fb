namespace LineRec.Recipes;

/// <summary>
/// Makes the steps of a run that aren't done: never finished, made from other inputs, or damaged since. A killed run leaves finished steps whole and nothing of
/// the one that it was at but its trainings' checkpoints and what they learn from, so the next run goes on from there.
/// </summary>
/// <remarks>Not thread-safe; another process in the same folder is refused.</remarks>
/// <param name="run">What the run is about.</param>
/// <param name="console">Shows progress.</param>
/// <param name="steps">The steps, each behind those that it needs; default: those of <see cref="PipelineGraph"/>.</param>
/// <param name="time">Dates the records; default: the system's clock.</param>
internal sealed class PipelineRunner(PipelineRun run, RunConsole console, IReadOnlyList<PipelineStep>? steps = null, TimeProvider? time = null)
{
    private readonly IReadOnlyList<PipelineStep> _steps = steps ?? PipelineGraph.Steps;
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly RunData _data = new(run);

    /// <summary>Runs all steps, or one.</summary>
    /// <param name="only">The one step to run; those that it needs must be done. Null: all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RecipeException">An input is wrong, a needed step isn't done, or another process is at work.</exception>
    /// <exception cref="StepException">A step failed.</exception>
    public RunOutcome Run(string? only, CancellationToken cancellationToken) => only is null
        ? Run([.. _steps.Select(s => s.Name)], looksAt: [], cancellationToken)
        : Run([only], Upstream([only]), cancellationToken);

    /// <summary>Runs some steps and those that they need.</summary>
    /// <param name="last">The names of the steps.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RecipeException">As for <see cref="Run(string?, CancellationToken)"/>.</exception>
    /// <exception cref="StepException">A step failed.</exception>
    public RunOutcome RunUpTo(IReadOnlyList<string> last, CancellationToken cancellationToken) => Run([.. last, .. Upstream(last)], looksAt: [], cancellationToken);

    private RunOutcome Run(HashSet<string> wanted, HashSet<string> looksAt, CancellationToken cancellationToken)
    {
        using var alone = RunLock.Take(run.Folder);
        var statuses = new Dictionary<string, StepStatus>();
        var outcomes = new List<StepOutcome>();
        foreach (var step in _steps)
        {
            if (!wanted.Contains(step.Name) && !looksAt.Contains(step.Name)) continue;
            cancellationToken.ThrowIfCancellationRequested();
            var status = Look(step, statuses);
            if (status.State == StepState.Waiting) throw new RecipeException(RecipeFault.NotReady, $"Step '{step.Name}' can't run: {status.Reason}. Run that step first, or all without --step.");
            bool isMeant = wanted.Contains(step.Name), makes = isMeant && status.State != StepState.Done;
            statuses[step.Name] = makes ? Make(step, status, statuses, cancellationToken) : status;
            if (statuses[step.Name] is not { State: StepState.Done, Record: { } record }) continue;
            if (isMeant) Folder(step).RemoveLeftovers(); // its checkpoints, too
            if (isMeant) outcomes.Add(new StepOutcome(step.Name, makes, status.Reason, makes ? record.Seconds : 0, record.OutputHash(), Folder(step).Directory));
            if (step.FindRefusal(Folder(step).Directory) is { } refusal) return new RunOutcome(run.DateText, outcomes, refusal);
        }

        return new RunOutcome(run.DateText, outcomes, null);
    }

    /// <summary>How all steps stand. Nothing is changed.</summary>
    public IReadOnlyList<StepStatus> Look()
    {
        var statuses = new Dictionary<string, StepStatus>();
        foreach (var step in _steps) statuses[step.Name] = Look(step, statuses);
        return [.. _steps.Select(s => statuses[s.Name])];
    }

    private StepStatus Look(PipelineStep step, Dictionary<string, StepStatus> before)
    {
        if (step.Needs.Select(n => before[n]).FirstOrDefault(s => s.State != StepState.Done) is { } need)
            return new StepStatus(step.Name, StepState.Waiting, need.State == StepState.Waiting ? need.Reason : $"step '{need.Step}' isn't done ({need.Reason})", null);
        var folder = Folder(step);
        if (folder.ReadRecord() is not { } record) return new StepStatus(step.Name, StepState.Missing, "never finished", null);
        var inputs = Inputs(step, before);
        string[] changed = [.. inputs.Keys.Union(record.Inputs.Keys).Where(k => inputs.GetValueOrDefault(k) != record.Inputs.GetValueOrDefault(k)).Order(StringComparer.Ordinal)];
        if (changed.Length > 0) return new StepStatus(step.Name, StepState.Stale, $"changed: {string.Join(", ", changed)}", record);
        return (folder.FindDamage(record) ?? step.FindDamage(run, folder.Directory)) is { } damage
            ? new StepStatus(step.Name, StepState.Damaged, damage, record)
            : new StepStatus(step.Name, StepState.Done, "", record);
    }

    private StepStatus Make(PipelineStep step, StepStatus status, Dictionary<string, StepStatus> before, CancellationToken cancellationToken)
    {
        console.Title($"{step.Name}: {status.Reason}");
        var folder = Folder(step);
        var inputs = Inputs(step, before);
        string checkpoints = folder.CheckpointsOf(inputs);
        folder.RemoveLeftovers(except: checkpoints);
        string making = folder.Begin(), scratch = folder.Begin();
        var (startedAt, started) = (_time.GetUtcNow(), _time.GetTimestamp());
        try
        {
            step.Run(new StepContext(run, inputs, making, scratch, _data, console, cancellationToken)
            {
                Checkpoints = TrainingCheckpoints.In(checkpoints, run.Settings, console),
            });
            var record = folder.Commit(making, new StepRecord
            {
                Step = step.Name,
                Date = run.DateText,
                Inputs = inputs,
                Outputs = [],
                StartedAt = startedAt,
                Seconds = Math.Round(_time.GetElapsedTime(started).TotalSeconds, 2),
                Processors = Environment.ProcessorCount,
            });
            return new StepStatus(step.Name, StepState.Done, "", record);
        }
        catch (Exception e) when (e is not (OperationCanceledException or RecipeException))
        {
            throw new StepException(step.Name, e);
        }
        finally
        {
            foreach (string left in new[] { making, scratch }.Where(Directory.Exists)) Directory.Delete(left, recursive: true);
        }
    }

    private SortedDictionary<string, string> Inputs(PipelineStep step, Dictionary<string, StepStatus> before)
    {
        var inputs = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["code"] = CodeVersion.Current };
        if (step.Settings.Count > 0) inputs["settings"] = SettingsSchema.Describe(run.Settings, step.Settings);
        if (step.ReadsLog) inputs["log"] = _data.Fingerprint;
        foreach (string need in step.Needs) inputs["step " + need] = before[need].Record!.OutputHash();
        foreach (var (name, value) in step.OtherInputs(run)) inputs[name] = value;
        return inputs;
    }

    private HashSet<string> Upstream(IReadOnlyList<string> steps)
    {
        var found = new HashSet<string>();
        var open = new Stack<string>(_steps.Where(s => steps.Contains(s.Name)).SelectMany(s => s.Needs));
        while (open.TryPop(out string? name))
        {
            if (!found.Add(name)) continue;
            foreach (string need in _steps.First(s => s.Name == name).Needs) open.Push(need);
        }

        return found;
    }

    private StepFolder Folder(PipelineStep step) => new(run, step.Name);
}
