namespace LineRec.Samples.Shop;

/// <summary>What the command line asks for.</summary>
internal sealed record ShopOptions
{
    /// <summary>A folder with a real log; null for the simulated shop.</summary>
    public string? Data { get; init; }

    /// <summary>Where every figure that is printed is written as JSON.</summary>
    public string? Json { get; init; }

    /// <summary>Where the log and the bundles are kept; null for a temporary folder.</summary>
    public string? Out { get; init; }

    /// <summary>Whether an HTTP endpoint is served at the end.</summary>
    public bool Serve { get; init; }

    /// <summary>Where the HTTP endpoint listens.</summary>
    public string Url { get; init; } = "http://127.0.0.1:5080";

    /// <summary>How many users the simulated shop has; null for the simulator's default.</summary>
    public int? Users { get; init; }

    /// <summary>How many items the simulated shop has; null for the simulator's default.</summary>
    public int? Items { get; init; }

    /// <summary>How many days the simulated shop is open; null for the simulator's default.</summary>
    public int? Days { get; init; }

    /// <summary>How many requests are served for the latency table.</summary>
    public int Requests { get; init; } = 5_000;

    /// <summary>The seed of everything that is random.</summary>
    public int Seed { get; init; } = 1;
}
