namespace LineRec.Retrieval;

/// <summary>The defaults of <see cref="IvfOptions"/> and <see cref="IvfProbe"/>.</summary>
public static class IvfDefaults
{
    /// <summary>Rounds of k-means.</summary>
    public const int Iterations = 6;

    /// <summary>Vectors a list that k-means learns from.</summary>
    public const int SampleVectorsPerList = 40;

    /// <summary>The seed.</summary>
    public const ulong Seed = 1;

    /// <summary>The least chance at which a search looks at vectors.</summary>
    public const float LeastChance = 0.0005f;

    /// <summary>After how many set vectors an index is compacted.</summary>
    public const int CompactAfter = 4096;

    /// <summary>How many vectors are scored in full for each one asked for.</summary>
    public const float RefineFactor = 1.5f;
}
