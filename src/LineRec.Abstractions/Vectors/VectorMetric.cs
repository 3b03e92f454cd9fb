namespace LineRec;

/// <summary>What the score of a vector against a query is. Higher is better.</summary>
public enum VectorMetric
{
    /// <summary>The inner product, q · x.</summary>
    InnerProduct,

    /// <summary>The cosine, q · x / (|q| |x|); NaN where a length is 0.</summary>
    Cosine,

    /// <summary>The negative squared Euclidean distance, -|q - x|².</summary>
    L2,
}
