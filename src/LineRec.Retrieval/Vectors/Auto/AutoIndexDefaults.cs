namespace LineRec.Retrieval;

/// <summary>The defaults of <see cref="AutoIndexOptions"/>.</summary>
public static class AutoIndexDefaults
{
    /// <summary>The share of the true best k that answers must hold.</summary>
    public const float RecallTarget = 0.95f;

    /// <summary>How many rows a search is tuned for.</summary>
    public const int K = 100;

    /// <summary>The share of searches that is done again exactly, one in a thousand.</summary>
    public const double LiveShare = 0.001;

    /// <summary>The seed that draws sample queries.</summary>
    public const ulong Seed = 1;

    /// <summary>The index's name in telemetry.</summary>
    public const string Name = "vectors";

    /// <summary>How long a search may take, at the 99th percentile.</summary>
    public static readonly TimeSpan LatencyBudget = TimeSpan.FromMilliseconds(2);
}
