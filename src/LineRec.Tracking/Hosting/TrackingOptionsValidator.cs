using Microsoft.Extensions.Options;

namespace LineRec.Tracking;

/// <summary>Checks the options, and names all that is wrong at once.</summary>
internal sealed class TrackingOptionsValidator : IValidateOptions<TrackingOptions>
{
    private const int MostRetries = 20;

    public ValidateOptionsResult Validate(string? name, TrackingOptions options) => Faults(options) is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;

    public static IReadOnlyList<string> Faults(TrackingOptions options)
    {
        List<string> faults = [];
        if (string.IsNullOrWhiteSpace(options.TrackingUri))
            faults.Add("TrackingOptions.TrackingUri isn't set; give a folder such as \"mlruns\" or a server such as \"https://mlflow.example.com\".");
        else if (options.TrackingUri.Contains("://", StringComparison.Ordinal) && TrackingUris.Server(options.TrackingUri) is null && !options.TrackingUri.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
            faults.Add($"TrackingOptions.TrackingUri is '{options.TrackingUri}'; it must be a folder, or an http, https or file URI. A database is reached through its MLflow server.");
        if (options.Token is not null && options.UserName is not null) faults.Add("TrackingOptions has both a Token and a UserName; set one of them.");
        if ((options.UserName is null) != (options.Password is null)) faults.Add("TrackingOptions has a UserName without a Password, or the other way round; set both or neither.");
        if (options.MaxRetries is < 0 or > MostRetries) faults.Add($"TrackingOptions.MaxRetries is {options.MaxRetries}; it must be from 0 to {MostRetries}.");
        RequirePositive(options.RetryDelay, nameof(options.RetryDelay), faults);
        RequirePositive(options.RequestTimeout, nameof(options.RequestTimeout), faults);
        RequirePositive(options.ArtifactTimeout, nameof(options.ArtifactTimeout), faults);
        RequirePositive(options.SpoolInterval, nameof(options.SpoolInterval), faults);
        if (string.IsNullOrWhiteSpace(options.User)) faults.Add("TrackingOptions.User is empty; name who starts the runs.");
        return faults;
    }

    private static void RequirePositive(TimeSpan value, string name, List<string> faults)
    {
        if (value <= TimeSpan.Zero) faults.Add($"TrackingOptions.{name} is {value}; it must be over zero.");
    }
}
