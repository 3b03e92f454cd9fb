namespace LineRec.Features;

/// <summary>The columns of one feature within the cross block, which is row after row.</summary>
internal readonly ref struct CrossColumns(Span<float> block, int width, int first)
{
    private readonly Span<float> _block = block;

    /// <summary>The value of a candidate in one of the feature's columns; zero when encoding starts.</summary>
    internal ref float this[int candidate, int column] => ref _block[(candidate * width) + first + column];
}
