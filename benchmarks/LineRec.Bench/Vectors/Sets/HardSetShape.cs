namespace LineRec.Bench.Vectors;

/// <summary>What makes the hard set as hard as it is; lengths against those of the centres, which are about 1.</summary>
internal sealed record HardSetShape
{
    /// <summary>The surface's dimensions.</summary>
    public int Latent { get; init; } = 16;

    /// <summary>How far the map bends; small is nearly flat.</summary>
    public float Curvature { get; init; } = 1.6f;

    /// <summary>A cluster's spread on the surface, in latent units (centres differ by about 1 in each).</summary>
    public float Along { get; init; } = 0.3f;

    /// <summary>A cluster's spread off the surface: the length of its noise.</summary>
    public float Off { get; init; } = 0.1f;

    /// <summary>The relative deviation of lengths, once by cluster and once by item.</summary>
    public float Length { get; init; } = 0.03f;

    /// <summary>The length of the queries' noise; their own length is 1.</summary>
    public float QueryNoise { get; init; } = 0.15f;

    /// <summary>How far all queries are moved one way.</summary>
    public float Aside { get; init; } = 0.1f;
}
