using System.Globalization;

namespace LineRec.Recipes;

/// <summary>What a run of the pipeline is about: a log, up to the end of one day, and where its results go.</summary>
/// <param name="Data">The log's folder.</param>
/// <param name="Out">Where all results go.</param>
/// <param name="Date">The logical date: the last day, UTC, that the run looks at.</param>
/// <param name="Settings">The settings.</param>
/// <param name="Exposures">The compacted exposure log that rankers learn from where it has what they need; null: they learn from replays alone.</param>
internal sealed record PipelineRun(string Data, string Out, DateOnly Date, RecipeSettings Settings, string? Exposures = null)
{
    /// <summary>The folder of <see cref="Out"/> that hosts follow.</summary>
    public const string BundlesFolder = "bundles";

    /// <summary>The folder of <see cref="Out"/> with a folder a date and in it a folder a step.</summary>
    public const string RunsFolder = "runs";

    private const string Format = "yyyy-MM-dd";

    /// <summary>Events at or after this instant aren't looked at.</summary>
    public DateTimeOffset End => EndOf(Date);

    /// <summary>Models see what is before it, the test what is after it.</summary>
    public DateTimeOffset Split => End - TimeSpan.FromDays(Settings.WindowDays);

    /// <summary>The instant up to which the first models know the log: before the first window that rankers learn from.</summary>
    public DateTimeOffset FirstInstant => End.AddDays(-Settings.WindowDays * (Settings.LearningWindows + 1));

    /// <summary>The date as folders and records name it.</summary>
    public string DateText => Text(Date);

    /// <summary>The bundle root.</summary>
    public string Bundles => Path.Combine(Out, BundlesFolder);

    /// <summary>The folder with this date's steps.</summary>
    public string Folder => Path.Combine(Out, RunsFolder, DateText);

    /// <summary>The other dates that were run, in no order.</summary>
    public IEnumerable<PipelineRun> OtherDays() => Path.Combine(Out, RunsFolder) is var folder && Directory.Exists(folder)
        ? Directory.EnumerateDirectories(folder)
            .Where(d => DateOnly.TryParseExact(Path.GetFileName(d), Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date != Date)
            .Select(d => this with { Date = Parse(Path.GetFileName(d)) })
        : [];

    /// <summary>The first instant after a day, UTC.</summary>
    public static DateTimeOffset EndOf(DateOnly day) => new(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);

    /// <summary>A date as folders and records name it.</summary>
    public static DateOnly Parse(string text) => DateOnly.ParseExact(text, Format, CultureInfo.InvariantCulture);

    /// <summary>A date as folders and records name it.</summary>
    public static string Text(DateOnly date) => date.ToString(Format, CultureInfo.InvariantCulture);
}
