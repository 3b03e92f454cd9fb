namespace LineRec;

/// <summary>What the four stage builders share: they collect registrations and complaints.</summary>
internal abstract class StageBuilder<T>(string placement, string stage, List<string> errors)
    where T : class
{
    public List<ComponentRegistration<T>> Components { get; } = [];

    protected void Append(ComponentRegistration<T> component)
    {
        if (string.IsNullOrWhiteSpace(component.Name)) Complain("a component has no name; give it one.");
        else if (Components.Any(c => c.Name == component.Name)) Complain($"two components are named '{component.Name}'; name the second one otherwise.");
        Components.Add(component);
    }

    protected void SetPolicy(FailurePolicy policy)
    {
        if (Last(nameof(IFilterBuilder.OnFailure)) is { } last) last.Policy = policy;
    }

    protected void SetTimeout(TimeSpan timeout)
    {
        if (timeout <= TimeSpan.Zero) Complain($"a time-out of {timeout} can't be kept; give one over zero.");
        else if (timeout > StageDefaults.LongestTimeout) Complain($"a time-out of {timeout} is longer than a timer can be ({StageDefaults.LongestTimeout.TotalDays:0} days); leave it out for none.");
        else if (Last(nameof(IFilterBuilder.Timeout)) is { } last) last.Timeout = timeout;
    }

    protected ComponentRegistration<T>? Last(string verb)
    {
        if (Components.Count > 0) return Components[^1];
        Complain($"{verb} belongs to the component before it, and there is none; add one first.");
        return null;
    }

    protected void Complain(string what) => errors.Add($"Placement '{placement}', {stage}: {what}");
}
