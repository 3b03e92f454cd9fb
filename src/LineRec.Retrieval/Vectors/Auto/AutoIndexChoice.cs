using System.Globalization;
using System.Text;

namespace LineRec.Retrieval;

/// <summary>One way to search that <see cref="VectorIndex.Auto"/> tried.</summary>
/// <param name="Index">What it was, with its settings.</param>
/// <param name="Recall">The mean share of the true best k that it found; 1 where it is exact.</param>
/// <param name="Median">The median time of a search, on one thread.</param>
/// <param name="Percentile99">The 99th percentile.</param>
public sealed record AutoIndexTrial(string Index, double Recall, TimeSpan Median, TimeSpan Percentile99);

/// <summary>What <see cref="VectorIndex.Auto"/> chose, why, and what it measured; <see cref="ToString"/> tells it in a few lines.</summary>
public sealed record AutoIndexChoice
{
    /// <summary>What was chosen, measured on queries that tuned nothing.</summary>
    public required AutoIndexTrial Chosen { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>How many queries reported; as many others tuned.</summary>
    public required int Queries { get; init; }

    /// <summary>Whether queries were drawn from the vectors themselves.</summary>
    public required bool QueriesAreVectors { get; init; }

    /// <summary>How long building and tuning took.</summary>
    public required TimeSpan Took { get; init; }

    /// <summary>All that was tried, measured on the queries that tuned.</summary>
    public required IReadOnlyList<AutoIndexTrial> Trials { get; init; }

    /// <summary>The choice, the reason, the figures.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Chosen.Index}: recall {Chosen.Recall:0.0000}, p50 {Chosen.Median.TotalMicroseconds:0} µs, p99 {Chosen.Percentile99.TotalMicroseconds:0} µs over {Queries} ");
        text.Append(QueriesAreVectors ? "queries drawn from the vectors themselves. " : "queries that tuned nothing. ");
        text.Append(CultureInfo.InvariantCulture, $"{Reason} {Trials.Count} ways were tried in {Took.TotalSeconds:0.0} s.");
        return text.ToString();
    }
}
