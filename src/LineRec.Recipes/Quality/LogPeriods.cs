using LineRec.Features;

namespace LineRec.Recipes;

/// <summary>Two periods of a log that are compared. Ends are exclusive.</summary>
/// <param name="From">Where the newer one begins.</param>
/// <param name="To">Where it ends.</param>
/// <param name="EarlierFrom">Where the earlier one begins.</param>
/// <param name="EarlierTo">Where it ends.</param>
internal sealed record LogPeriods(DateTimeOffset From, DateTimeOffset To, DateTimeOffset EarlierFrom, DateTimeOffset EarlierTo)
{
    private const int LongestDefaultDays = 28;

    /// <summary>The periods that a command asks for.</summary>
    /// <param name="run">Its date is the last day of the newer period.</param>
    /// <param name="first">The log's first event.</param>
    /// <param name="days">Days of a period; null: half of the log's, 28 at the most.</param>
    /// <param name="against">The last day of the earlier period; null: the day before the newer one.</param>
    /// <exception cref="RecipeException">The log has no event in the earlier period.</exception>
    public static LogPeriods Of(PipelineRun run, DateTimeOffset first, int? days, DateOnly? against)
    {
        int length = days ?? Math.Clamp((int)Math.Round((run.End - first).TotalDays / 2), 1, LongestDefaultDays);
        var from = run.End.AddDays(-length);
        var earlierTo = against is { } day ? new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero) : from;
        if (earlierTo <= first)
            throw new RecipeException(RecipeFault.Input, $"The log '{run.Data}' begins at {first:yyyy-MM-dd HH:mm}; there is nothing before {earlierTo:yyyy-MM-dd} to compare with. Lower --days, or give a later --against.");
        return new LogPeriods(from, run.End, earlierTo.AddDays(-length), earlierTo);
    }

    /// <summary>The features of both periods' events alone, and how far each column has moved.</summary>
    /// <param name="data">The log.</param>
    /// <param name="profile">What it holds.</param>
    public FeatureReport Compare(RunData data, LogProfile profile) =>
        Report(data, profile, From, To).ComparedWith(Report(data, profile, EarlierFrom, EarlierTo));

    private static FeatureReport Report(RunData data, LogProfile profile, DateTimeOffset from, DateTimeOffset to)
    {
        var fitter = new FeatureFitter(ShopFeatures.Declare(data.Catalog, new HistoryPooling(), profile.HasImpressions), data.Catalog, to);
        fitter.Add(data.Events.Where(from, to));
        using var fitted = fitter.Fit();
        return FeatureReport.Create(fitted, data.Catalog);
    }
}
