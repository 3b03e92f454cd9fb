namespace LineRec.Tracking;

/// <summary>A version of a model that is to be registered.</summary>
public sealed record ModelRegistration
{
    /// <summary>The registered model's name, such as "shop-two-tower"; without '/', '\', ':' and '%'.</summary>
    public required string Name { get; init; }

    /// <summary>Where its files are. A server takes a place of its own only: "runs:/RUN/path", "mlflow-artifacts:/…", "s3://…".</summary>
    public required string Source { get; init; }

    /// <summary>The run that made it; null: none.</summary>
    public string? RunId { get; init; }

    /// <summary>What people should know of it.</summary>
    public string? Description { get; init; }

    /// <summary>Its tags: names as for metrics, values of at most 5,000 characters.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Aliases that point to it from now on, such as "candidate".</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];
}
