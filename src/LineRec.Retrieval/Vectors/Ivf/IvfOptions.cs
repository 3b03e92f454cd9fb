namespace LineRec.Retrieval;

/// <summary>How an <see cref="IvfIndex"/> is built.</summary>
public sealed record IvfOptions
{
    /// <summary>What a score is. Default: the inner product.</summary>
    public VectorMetric Metric { get; init; }

    /// <summary>How many lists the vectors are divided into. Default 0: 1.25 times the square root of their number.</summary>
    public int Lists { get; init; }

    /// <summary>Rounds of k-means, 1 or more.</summary>
    public int Iterations { get; init; } = IvfDefaults.Iterations;

    /// <summary>Vectors a list that k-means learns from, 1 or more.</summary>
    public int SampleVectorsPerList { get; init; } = IvfDefaults.SampleVectorsPerList;

    /// <summary>The seed of the sample. Equal vectors, options and processor width give equal indexes, on any number of threads.</summary>
    public ulong Seed { get; init; } = IvfDefaults.Seed;

    /// <summary>How far searches go until <see cref="IvfIndex.Probe"/> is set. Default: about 19 of 20 of the best where lists model the scores well; see docs/retrieval.md.</summary>
    public IvfProbe Probe { get; init; } = new();

    /// <summary>Threads that build. Default 0: one a processor.</summary>
    public int Threads { get; init; }
}
