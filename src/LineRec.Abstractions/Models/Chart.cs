namespace LineRec;

/// <summary>A ranking of items that is the same for everybody. Immutable and thread-safe.</summary>
/// <param name="rows">Catalog rows, best first.</param>
/// <param name="scores">Their scores, descending.</param>
public sealed class Chart(int[] rows, float[] scores)
{
    /// <summary>The chart of the whole shop.</summary>
    public const string Trending = "trending";

    /// <summary>Catalog rows, best first.</summary>
    public ReadOnlySpan<int> Rows => rows;

    /// <summary>Their scores, descending.</summary>
    public ReadOnlySpan<float> Scores => scores;
}
