namespace LineRec.Recipes;

/// <summary>What is converted and how its columns are called.</summary>
internal sealed record ConversionOptions
{
    /// <summary>The events: a file, or a pattern such as logs/*.csv. CSV, TSV, JSON lines (.json, .jsonl, .ndjson; also .gz) or Parquet, by the ending.</summary>
    public required string Events { get; init; }

    /// <summary>The items, alike; null: the items that events speak of, without any column.</summary>
    public string? Items { get; init; }

    /// <summary>Columns of the events: our name and theirs. A column that isn't named here has our name.</summary>
    public IReadOnlyDictionary<string, string> EventColumns { get; init; } = new Dictionary<string, string>();

    /// <summary>Columns of the items, alike; others keep their names.</summary>
    public IReadOnlyDictionary<string, string> ItemColumns { get; init; } = new Dictionary<string, string>();

    /// <summary>Types of events: theirs and ours. One that isn't named here has our name.</summary>
    public IReadOnlyDictionary<string, string> Types { get; init; } = new Dictionary<string, string>();

    /// <summary>The type of all events, where the file has no column for it.</summary>
    public string? Type { get; init; }

    /// <summary>The share of rows that may be bad; more, and nothing is written.</summary>
    public double MaxBadShare { get; init; } = 0.01;
}
