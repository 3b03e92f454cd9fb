namespace LineRec.Features;

/// <summary>
/// What the features of a fit look like: of each column its coverage, mean, quantiles, most frequent values, histogram and collisions; how far each is from an earlier
/// period; and what sharing embedding tables saves. As text and as one HTML page with pictures that loads nothing.
/// </summary>
/// <remarks>
/// Immutable and thread-safe. A period is compared by two reports: make one a fit, and call <see cref="ComparedWith"/>. Columns of the item block are reported before they were scaled. Those
/// of a <see cref="NumberTransform"/> are compared only where both fits have the same parameters; the catalog's own column tells of its drift in any case.
/// </remarks>
public sealed record FeatureReport
{
    /// <summary>The state that is reported on.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Only events before this instant were counted.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>How many events were counted.</summary>
    public required long EventCount { get; init; }

    /// <summary>Until when the events of the earlier period were counted; null where nothing was compared.</summary>
    public DateTimeOffset? ComparedWithAsOf { get; init; }

    /// <summary>The columns: of the catalog, of the item block, and of the user and cross blocks where features were captured.</summary>
    public required IReadOnlyList<ReportedColumn> Columns { get; init; }

    /// <summary>The embedding tables; empty where none were given.</summary>
    public IReadOnlyList<SharedTable> Tables { get; init; } = [];

    /// <summary>Reports on a fit. O(items log items) a column.</summary>
    /// <param name="fitted">The fit.</param>
    /// <param name="catalog">Its catalog.</param>
    /// <param name="captured">Features as requests had them, for the user and cross blocks; null for none.</param>
    /// <exception cref="ArgumentException">The catalog has another number of items.</exception>
    public static FeatureReport Create(FittedFeatures fitted, Catalog catalog, CapturedFeatures? captured = null)
    {
        if (fitted.ItemCount != catalog.Count) throw new ArgumentException($"The features were fitted to {fitted.ItemCount} items; the catalog has {catalog.Count}. Give the catalog of the fit.", nameof(catalog));
        return new FeatureReport
        {
            Fingerprint = fitted.Fingerprint,
            AsOf = fitted.AsOf,
            EventCount = fitted.EventCount,
            Columns = [.. ReportColumns.OfCatalog(fitted.Spec, catalog), .. ReportColumns.OfItems(fitted, catalog), .. ReportColumns.OfCaptured(captured)],
        };
    }

    /// <summary>This report with the drift of each column that an earlier one has too.</summary>
    /// <param name="earlier">The report of the earlier period.</param>
    public FeatureReport ComparedWith(FeatureReport earlier)
    {
        var before = earlier.Columns.ToDictionary(c => (c.Block, c.Name));
        return this with
        {
            ComparedWithAsOf = earlier.AsOf,
            Columns = [.. Columns.Select(c => before.TryGetValue((c.Block, c.Name), out var known) ? c with { Drift = ColumnSummary.Compare(known, c) } : c)],
        };
    }

    /// <summary>This report with the embedding tables.</summary>
    /// <param name="tables">See <see cref="SharedTable.Of"/>.</param>
    public FeatureReport WithTables(IReadOnlyList<SharedTable> tables) => this with { Tables = tables };

    /// <summary>The report as text, a line a column.</summary>
    public string ToText() => ReportText.Write(this);

    /// <summary>The report as one HTML page.</summary>
    public string ToHtml() => ReportHtml.Write(this);
}
