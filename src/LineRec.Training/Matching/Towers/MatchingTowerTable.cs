namespace LineRec.Training;

/// <summary>A table of vectors [rows, width] with Adam's moments; only rows that a step touches are updated (lazy Adam).</summary>
internal sealed class MatchingTowerTable
{
    private readonly float[] _first;
    private readonly float[] _second;

    public MatchingTowerTable(float[] values, int width)
    {
        (Values, Width) = (values, width);
        (_first, _second) = (new float[values.Length], new float[values.Length]);
    }

    public float[] Values { get; }

    public int Width { get; }

    public Span<float> Row(int row) => Values.AsSpan(row * Width, Width);

    /// <summary>Moves one row against its gradient.</summary>
    public void Update(int row, ReadOnlySpan<float> gradient, float rate) =>
        AdamUpdate.Apply(Row(row), gradient, _first.AsSpan(row * Width, Width), _second.AsSpan(row * Width, Width), rate);
}
