namespace LineRec.Recipes;

/// <summary>What a log holds up to the run's date.</summary>
internal sealed record LogProfile
{
    /// <summary>The file's name among the outputs of the step profile.</summary>
    public const string FileName = "profile.json";

    /// <summary>The first event.</summary>
    public required DateTimeOffset First { get; init; }

    /// <summary>The last event.</summary>
    public required DateTimeOffset Last { get; init; }

    /// <summary>Models see what is before it, the test what is after it.</summary>
    public required DateTimeOffset Split { get; init; }

    /// <summary>Users with an event.</summary>
    public required int Users { get; init; }

    /// <summary>Items of the catalog.</summary>
    public required int Items { get; init; }

    /// <summary>Events of items that the catalog doesn't hold; training leaves them out.</summary>
    public required long EventsOfUnknownItems { get; init; }

    /// <summary>Events by type.</summary>
    public required SortedDictionary<string, long> Events { get; init; }

    /// <summary>Events by day, UTC.</summary>
    public required SortedDictionary<string, long> Days { get; init; }

    /// <summary>Impressions by placement.</summary>
    public required SortedDictionary<string, long> Placements { get; init; }

    /// <summary>Whether rankers can learn clicks.</summary>
    public required bool HasImpressions { get; init; }

    /// <summary>Reads what the step profile wrote.</summary>
    public static LogProfile Read(StepContext context) => RecipeJson.Read<LogProfile>(Path.Combine(context.OutputOf(ProfileStep.StepName), FileName));
}
