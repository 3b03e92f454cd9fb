namespace LineRec.Training;

/// <summary>The lower triangle of a symmetric matrix [size, size] in square tiles, each row by row; filled up to whole tiles with the identity.</summary>
/// <remarks>Memory: half of the full matrix.</remarks>
internal sealed class SymmetricTiles
{
    /// <summary>Rows and columns of a tile.</summary>
    public const int Side = 256;

    private readonly float[][] _tiles;

    public SymmetricTiles(int size)
    {
        (Size, TileCount) = (size, (size + Side - 1) / Side);
        _tiles = new float[TileCount * (TileCount + 1) / 2][];
        for (int i = 0; i < _tiles.Length; i++) _tiles[i] = new float[Side * Side];
        for (int i = size; i < TileCount * Side; i++) this[i, i] = 1;
    }

    /// <summary>Rows and columns of the matrix.</summary>
    public int Size { get; }

    /// <summary>Tiles along a side.</summary>
    public int TileCount { get; }

    /// <summary>An element, and its mirror image.</summary>
    public ref float this[int row, int column]
    {
        get
        {
            if (row < column) (row, column) = (column, row);
            return ref Tile(row / Side, column / Side)[((row % Side) * Side) + (column % Side)];
        }
    }

    /// <summary>A tile of the lower triangle; those on the diagonal are whole.</summary>
    public float[] Tile(int row, int column) => _tiles[(row * (row + 1) / 2) + column];

    /// <summary>Adds 1 to an element of the full matrix; its mirror image is counted by a call of its own. A tile on the diagonal holds both, elsewhere only the lower one is kept.</summary>
    public void Count(int row, int column)
    {
        if (column / Side <= row / Side) Tile(row / Side, column / Side)[((row % Side) * Side) + (column % Side)]++;
    }

    /// <summary>Adds a multiple of a row of the full matrix.</summary>
    /// <param name="row">Which.</param>
    /// <param name="factor">Its factor.</param>
    /// <param name="sum">[size], added to.</param>
    public void AddRow(int row, float factor, Span<float> sum)
    {
        var (tile, at) = (row / Side, row % Side);
        for (int other = 0; other < TileCount; other++)
        {
            var part = sum[(other * Side)..Math.Min(Size, (other + 1) * Side)];
            if (other <= tile)
            {
                System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(Tile(tile, other).AsSpan(at * Side, part.Length), factor, part, part);
                continue;
            }

            float[] below = Tile(other, tile);
            for (int i = 0; i < part.Length; i++) part[i] += factor * below[(i * Side) + at];
        }
    }
}
