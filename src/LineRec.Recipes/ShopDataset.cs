namespace LineRec.Recipes;

/// <summary>A log in LineRec's layout, and how it is split and judged.</summary>
internal sealed record ShopDataset
{
    /// <summary>Its name in reports.</summary>
    public required string Name { get; init; }

    /// <summary>The folder with events, items and so on.</summary>
    public required string Directory { get; init; }

    /// <summary>Models, baselines and tuning see only what is before this instant.</summary>
    public required DateTimeOffset Split { get; init; }

    /// <summary>The length of the test, and of the validation before the split.</summary>
    public required TimeSpan Window { get; init; }

    /// <summary>The tasks that quality is judged on; see <see cref="EvaluationTask"/>.</summary>
    public required IReadOnlyList<string> Tasks { get; init; }

    /// <summary>What counts as turning to an item.</summary>
    public EventType Target { get; init; } = EventType.Purchase;

    /// <summary>Whether the log has impressions, so that rankers learn from clicks on what was shown.</summary>
    public bool HasImpressions { get; init; }

    /// <summary>The generator's own choice probabilities, for a simulated shop.</summary>
    public IRankedSystem? Oracle { get; init; }

    /// <summary>How many windows before the split rankers learn from; before each, retrieval is trained anew on what is before it. 1 or more.</summary>
    public int LearningWindows { get; init; } = 1;

    /// <summary>Where the window that baselines are tuned on begins.</summary>
    public DateTimeOffset ValidationStart => Split - Window;
}
