using Microsoft.Extensions.Options;

namespace LineRec;

internal sealed class LineRecOptionsValidator : IValidateOptions<LineRecOptions>
{
    public ValidateOptionsResult Validate(string? name, LineRecOptions options)
    {
        var faults = new List<string>();
        if (options.Bundle is null == options.Snapshot is null)
            faults.Add(options.Bundle is null
                ? "LineRec has no model: set LineRecOptions.Bundle to a bundle's path (or LineRecOptions.Snapshot to a snapshot in memory)."
                : "LineRec has both a Bundle and a Snapshot; set one of them.");
        if (options.BundlePollInterval <= TimeSpan.Zero) faults.Add($"LineRecOptions.BundlePollInterval is {options.BundlePollInterval}; it must be over zero.");
        if (options.MaxEventsPerUser < 1) faults.Add($"LineRecOptions.MaxEventsPerUser is {options.MaxEventsPerUser}; it must be 1 or more.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
