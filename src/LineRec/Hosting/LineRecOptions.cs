namespace LineRec;

/// <summary>What a host tells LineRec at start-up.</summary>
public sealed class LineRecOptions
{
    /// <summary>
    /// The bundle to serve: a bundle root, whose current version is served and swapped when a newer one is published, or one bundle's folder.
    /// Either this or <see cref="Snapshot"/> must be set.
    /// </summary>
    public string? Bundle { get; set; }

    /// <summary>A snapshot in memory instead of a bundle; for tests and small shops. The host disposes it at its end.</summary>
    public ModelSnapshot? Snapshot { get; set; }

    /// <summary>How often the bundle root is looked at for a newer version. Default 5 seconds; over zero.</summary>
    public TimeSpan BundlePollInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many of a user's newest events the history store in memory keeps. Default 10,000; 1 or more. A store of the host's own ignores it.</summary>
    public int MaxEventsPerUser { get; set; } = 10_000;
}
