namespace LineRec.Retrieval;

/// <summary>
/// Counts events into the charts of the whole shop, of each category, of each placement and of each segment of users: what the trending retriever
/// chooses from. All of them decay and bound their rates alike (<see cref="TrendingBuilder"/>).
/// </summary>
/// <remarks>
/// Not thread-safe. 24 bytes an item for the shop with all categories (an item has one category, so the shop's counts are its category's), and as
/// many for each placement and for each value of a segment.
/// </remarks>
public sealed class TrendingChartsBuilder
{
    private readonly Catalog _catalog;
    private readonly TrendingChartsOptions _options;
    private readonly TrendingBuilder _whole;
    private readonly SortedDictionary<string, TrendingBuilder> _parts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TrendingBuilder> _placements = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Attribute, string Value), TrendingBuilder> _segments = [];

    /// <summary>Creates an empty builder.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">Options.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public TrendingChartsBuilder(Catalog catalog, TrendingChartsOptions options)
    {
        options.Validate();
        (_catalog, _options) = (catalog, options);
        _whole = new TrendingBuilder(catalog.Count, options.Counting);
    }

    /// <summary>Counts one event in the charts of the shop, of its item's category, of its placement and of the user's segments.</summary>
    /// <param name="row">The item's catalog row.</param>
    /// <param name="type">What the user did.</param>
    /// <param name="unixMilliseconds">When, in milliseconds since 1970-01-01 UTC.</param>
    /// <param name="placement">Where; null for unknown.</param>
    /// <param name="segments">The user's attributes ("region", "north") of which charts are wanted; null for none. "category" can't be one.</param>
    /// <exception cref="ArgumentException">A segment's attribute is "category".</exception>
    public void Add(int row, EventType type, long unixMilliseconds, string? placement = null, IReadOnlyDictionary<string, string>? segments = null)
    {
        _whole.Add(row, type, unixMilliseconds);
        if (!string.IsNullOrEmpty(placement)) OfPlacement(placement).Add(row, type, unixMilliseconds);
        if (segments is null) return;
        foreach (var (attribute, value) in segments) OfSegment(attribute, value).Add(row, type, unixMilliseconds);
    }

    /// <summary>Counts all events of a table. O(events).</summary>
    /// <param name="interactions">The events.</param>
    /// <param name="segmentsOf">The attributes of a user by id, asked once a user; null where there are no segments.</param>
    public TrendingChartsBuilder Add(InteractionTable interactions, Func<string, IReadOnlyDictionary<string, string>?>? segmentsOf = null)
    {
        for (int user = 0; user < interactions.UserCount; user++)
        {
            var segments = segmentsOf?.Invoke(interactions.UserIds[user]);
            for (int i = interactions.Offsets[user]; i < interactions.Offsets[user + 1]; i++)
                Add(interactions.Rows[i], interactions.Types[i], interactions.Times[i], placement: null, segments);
        }

        return this;
    }

    /// <summary>The charts by name, as a bundle takes them: the shop's always, those of parts where they rank enough items. O(charts × items log items).</summary>
    public IReadOnlyDictionary<string, Chart> Build()
    {
        var charts = new SortedDictionary<string, Chart>(StringComparer.Ordinal);
        var whole = _whole.Build();
        if (_options.ByCategory && _catalog.Category is { } categories) AddCategories(whole, categories, charts);
        foreach (var (name, part) in _parts) Put(part.Build(_options.MaxItems), name, charts);
        charts[_options.Chart] = Shorten(whole.Rows, whole.Scores);
        return charts;
    }

    private TrendingBuilder OfPlacement(string placement)
    {
        if (_placements.TryGetValue(placement, out var builder)) return builder;
        return _placements[placement] = Part(TrendingDefaults.ChartOf(_options.Chart, placement));
    }

    private TrendingBuilder OfSegment(string attribute, string value)
    {
        if (_segments.TryGetValue((attribute, value), out var builder)) return builder;
        _ = ChartScope.Segment(attribute); // refuses what can't be one
        return _segments[(attribute, value)] = Part(TrendingDefaults.ChartOf(_options.Chart, attribute, value));
    }

    private TrendingBuilder Part(string name)
    {
        if (!_parts.TryGetValue(name, out var builder)) _parts.Add(name, builder = new TrendingBuilder(_catalog.Count, _options.Counting));
        return builder;
    }

    /// <summary>Deals the shop's ranking out to its categories and those above them: each keeps the order.</summary>
    private void AddCategories(Chart whole, TextColumn categories, SortedDictionary<string, Chart> charts)
    {
        var paths = new Dictionary<string, (List<int> Rows, List<float> Scores)>(StringComparer.Ordinal);
        for (int i = 0; i < whole.Rows.Length; i++)
        {
            string? path = categories[whole.Rows[i]];
            while (!string.IsNullOrEmpty(path))
            {
                if (!paths.TryGetValue(path, out var ranked)) paths.Add(path, ranked = ([], []));
                if (_options.MaxItems is not { } most || ranked.Rows.Count < most)
                {
                    ranked.Rows.Add(whole.Rows[i]);
                    ranked.Scores.Add(whole.Scores[i]);
                }

                int slash = path.LastIndexOf('/');
                path = slash < 0 ? null : path[..slash];
            }
        }

        foreach (var (path, (rows, scores)) in paths) Put(new Chart([.. rows], [.. scores]), TrendingDefaults.ChartOf(_options.Chart, CatalogColumns.Category, path), charts);
    }

    private void Put(Chart chart, string name, SortedDictionary<string, Chart> charts)
    {
        if (chart.Rows.Length >= _options.MinItems) charts[name] = chart;
    }

    private Chart Shorten(ReadOnlySpan<int> rows, ReadOnlySpan<float> scores)
    {
        int count = Math.Min(rows.Length, _options.MaxItems ?? rows.Length);
        return new Chart(rows[..count].ToArray(), scores[..count].ToArray());
    }
}
