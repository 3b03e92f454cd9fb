using Microsoft.Extensions.Options;

namespace LineRec;

/// <summary>Checks the options, and names all that is wrong at once.</summary>
internal sealed class ExposureLogOptionsValidator : IValidateOptions<ExposureLogOptions>
{
    public ValidateOptionsResult Validate(string? name, ExposureLogOptions options) => Faults(options) is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;

    public static IReadOnlyList<string> Faults(ExposureLogOptions options)
    {
        List<string> faults = [];
        if (string.IsNullOrWhiteSpace(options.Folder)) faults.Add("ExposureLogOptions.Folder isn't set; name the folder that segments are written to.");
        if (!(options.Share > 0 && options.Share <= 1)) faults.Add($"ExposureLogOptions.Share is {options.Share}; it must be over 0 and at most 1. Leave the exposure log out to log nothing.");
        if (options.MaxWaiting < 1) faults.Add($"ExposureLogOptions.MaxWaiting is {options.MaxWaiting}; it must be 1 or more.");
        if (options.SegmentBytes < 1) faults.Add($"ExposureLogOptions.SegmentBytes is {options.SegmentBytes}; it must be 1 or more.");
        RequirePositive(options.SegmentAge, nameof(options.SegmentAge), faults);
        RequirePositive(options.WriteInterval, nameof(options.WriteInterval), faults);
        return faults;
    }

    private static void RequirePositive(TimeSpan value, string name, List<string> faults)
    {
        if (value <= TimeSpan.Zero) faults.Add($"ExposureLogOptions.{name} is {value}; it must be over zero.");
        else if (value > StageDefaults.LongestTimeout) faults.Add($"ExposureLogOptions.{name} is {value}; a timer can't be longer than {StageDefaults.LongestTimeout.TotalDays:0} days.");
    }
}
