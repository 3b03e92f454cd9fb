namespace LineRec.Bench.TwoTower;

/// <summary>Which log, and how much is trained on it.</summary>
internal sealed record AblationOptions
{
    /// <summary>A folder with a real log; null for the simulated shop.</summary>
    public string? Data { get; init; }

    /// <summary>Where a real log is split; null for its own split.</summary>
    public DateTimeOffset? Split { get; init; }

    /// <summary>The end of a real log's test window; null for the log's.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>A folder with a BERT-type model.onnx and its vocab.txt, for variants that read titles; null leaves these out.</summary>
    public string? TextModel { get; init; }

    /// <summary>A file that keeps titles' vectors from run to run; null encodes them anew.</summary>
    public string? TextCache { get; init; }

    public int Users { get; init; } = 3_600;

    public int Items { get; init; } = 6_000;

    public int Days { get; init; } = 60;

    public long Events { get; init; } = 1_500_000;

    /// <summary>The test's length in the simulated shop, in days.</summary>
    public int TestDays { get; init; } = 3;

    public int Seeds { get; init; } = 3;

    public int Epochs { get; init; } = 8;

    /// <summary>Only variants with one of these names; empty for all.</summary>
    public IReadOnlyList<string> Variants { get; init; } = [];

    public string? Json { get; init; }
}
