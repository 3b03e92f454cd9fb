namespace LineRec.Features;

/// <summary>What a report says of one column: a column of the catalog as it is, or one of a block before it was scaled.</summary>
public sealed record ReportedColumn
{
    /// <summary>The shares at which <see cref="QuantileValues"/> are taken.</summary>
    public static IReadOnlyList<double> QuantileShares { get; } = [0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1];

    /// <summary>Where it is from: "catalog", "item", "user" or "cross".</summary>
    public required string Block { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>How many rows there are: items, requests or candidates.</summary>
    public required long Rows { get; init; }

    /// <summary>How many have a value.</summary>
    public required long Known { get; init; }

    /// <summary>The share of rows with a value, 0 to 1; 0 without rows.</summary>
    public double Coverage => Rows == 0 ? 0 : (double)Known / Rows;

    /// <summary>The share of rows without one; 0 without rows.</summary>
    public double MissingShare => Rows == 0 ? 0 : 1 - Coverage;

    /// <summary>How many distinct values there are.</summary>
    public required int Distinct { get; init; }

    /// <summary>The mean of the known values; null for texts, and where none is known.</summary>
    public double? Mean { get; init; }

    /// <summary>Their standard deviation (of the population); null likewise.</summary>
    public double? Deviation { get; init; }

    /// <summary>Their quantiles at <see cref="QuantileShares"/>; empty likewise.</summary>
    public IReadOnlyList<double> QuantileValues { get; init; } = [];

    /// <summary>The most frequent values, at most ten, ties in order of the value.</summary>
    public IReadOnlyList<ValueCount> TopValues { get; init; } = [];

    /// <summary>The known values in bins; null for texts, and where none is known.</summary>
    public Histogram? Histogram { get; init; }

    /// <summary>How the spec's <see cref="HashFeature"/> keeps the values apart; null where there is none for this column.</summary>
    public HashCollisions? Collisions { get; init; }

    /// <summary>How far the column is from an earlier period; null where nothing was compared.</summary>
    public ColumnDrift? Drift { get; init; }

    /// <summary>Order statistics of the known numbers, evenly spaced and at most <see cref="ColumnSummary.MaxSample"/>.</summary>
    internal double[] Sample { get; init; } = [];

    /// <summary>Counts by value of a text column.</summary>
    internal IReadOnlyDictionary<string, long>? Counts { get; init; }

    /// <summary>Names the parameters of a learnt transform: values of unequal ones aren't comparable.</summary>
    internal string Scale { get; init; } = "";
}
