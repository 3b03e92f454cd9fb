namespace LineRec.Tracking;

/// <summary>Data that a run read.</summary>
public sealed record DatasetInput
{
    /// <summary>Its name, such as "events"; 1 to 500 characters.</summary>
    public required string Name { get; init; }

    /// <summary>A hash or version that tells its contents from others'; 1 to 36 characters.</summary>
    public required string Digest { get; init; }

    /// <summary>What kind of place it came from: "local", "s3", "delta_table"… Default "local".</summary>
    public string SourceType { get; init; } = "local";

    /// <summary>Where it came from; MLflow's own are JSON such as {"uri": "/data/events"}. At most 65,535 characters.</summary>
    public required string Source { get; init; }

    /// <summary>Its columns as JSON; null: not told. At most 65,535 characters.</summary>
    public string? Schema { get; init; }

    /// <summary>Figures of it as JSON, such as {"num_rows": 1000}; null: not told.</summary>
    public string? Profile { get; init; }

    /// <summary>What it was read for: "training", "validation"…; null: not told. Becomes the tag mlflow.data.context.</summary>
    public string? Context { get; init; }

    /// <summary>Further tags of this use of it; names of at most 255, values of at most 500 characters.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>All tags, the context's among them, by name.</summary>
    internal IEnumerable<KeyValuePair<string, string>> AllTags() =>
        (Context is null ? Tags : Tags.Append(new(TrackingTags.DatasetContext, Context))).OrderBy(t => t.Key, StringComparer.Ordinal);

    /// <summary>Takes the context out of tags as they were read.</summary>
    internal DatasetInput WithTags(IReadOnlyDictionary<string, string> tags) => this with
    {
        Context = tags.GetValueOrDefault(TrackingTags.DatasetContext),
        Tags = tags.Where(t => t.Key != TrackingTags.DatasetContext).ToDictionary(),
    };
}
