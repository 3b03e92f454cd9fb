using System.Runtime.Intrinsics;

namespace LineRec.Training;

/// <summary>
/// Products of single-precision matrices on one thread. Each element is one chain of fused multiply-adds over the depth, in order: the bits
/// don't depend on the instruction set, the tile or how the caller splits rows and panels.
/// </summary>
internal static unsafe partial class MatrixProduct
{
    /// <summary>C = A·B, or C += A·B, for all panels of B.</summary>
    public static void Multiply(ReadOnlySpan<float> a, nint rowStride, nint depthStride, int rows, PackedMatrix b, Span<float> c, int cStride, bool add = false) =>
        Multiply(a, rowStride, depthStride, rows, b, b.Depth, 0, b.PanelCount, c, cStride, add);

    /// <summary>C = A·B, or C += A·B, for some panels of B.</summary>
    /// <param name="a">The left factor; element (i, k) is at i × <paramref name="rowStride"/> + k × <paramref name="depthStride"/>.</param>
    /// <param name="rowStride">From a row of A to the next.</param>
    /// <param name="depthStride">From a column of A to the next.</param>
    /// <param name="rows">Rows of A and of C.</param>
    /// <param name="b">The right factor.</param>
    /// <param name="depth">Columns of A, and rows of B that are used.</param>
    /// <param name="fromPanel">The first panel of B.</param>
    /// <param name="toPanel">After the last panel of B.</param>
    /// <param name="c">Row i, column j is at i × <paramref name="cStride"/> + j; columns are counted from those of B's first panel whatever <paramref name="fromPanel"/> is.</param>
    /// <param name="cStride">From a row of C to the next.</param>
    /// <param name="add">Whether the product is added to what C holds.</param>
    public static void Multiply(ReadOnlySpan<float> a, nint rowStride, nint depthStride, int rows, PackedMatrix b, int depth, int fromPanel, int toPanel, Span<float> c, int cStride, bool add)
    {
        if (rows == 0) return;
        int width = PackedMatrix.PanelWidth;
        float* edge = stackalloc float[MaxTileRows * width];
        fixed (float* pa = a, pc = c)
        {
            for (int panel = fromPanel; panel < toPanel; panel++)
            {
                int columns = Math.Min(width, b.Width - (panel * width));
                fixed (float* pb = b.Panel(panel))
                {
                    for (int row = 0; row < rows;)
                    {
                        int height = rows - row >= TileRows ? TileRows : 1;
                        float* from = pa + (row * rowStride), to = pc + ((nint)row * cStride) + (panel * width);
                        if (columns == width) Tile(height, from, rowStride, depthStride, pb, depth, to, cStride, add);
                        else EdgeTile(height, from, rowStride, depthStride, pb, depth, to, cStride, add, columns, edge);
                        row += height;
                    }
                }
            }
        }
    }

    private const int MaxTileRows = 8;

    private static int TileRows => Vector512.IsHardwareAccelerated ? 8 : 6;

    private static void Tile(int height, float* a, nint rowStride, nint depthStride, float* b, int depth, float* c, nint cStride, bool add)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            if (height == 8) Tile8x32(a, rowStride, depthStride, b, depth, c, cStride, add);
            else Tile1x32(a, depthStride, b, depth, c, add);
        }
        else if (height == 6)
        {
            Tile6x16(a, rowStride, depthStride, b, depth, c, cStride, add);
        }
        else
        {
            Tile1x16(a, depthStride, b, depth, c, add);
        }
    }

    /// <summary>A tile of which C has only the first columns: computed beside it.</summary>
    private static void EdgeTile(int height, float* a, nint rowStride, nint depthStride, float* b, int depth, float* c, nint cStride, bool add, int columns, float* edge)
    {
        int width = PackedMatrix.PanelWidth;
        for (int i = 0; i < height && add; i++) new ReadOnlySpan<float>(c + (i * cStride), columns).CopyTo(new Span<float>(edge + (i * width), columns));
        Tile(height, a, rowStride, depthStride, b, depth, edge, width, add);
        for (int i = 0; i < height; i++) new ReadOnlySpan<float>(edge + (i * width), columns).CopyTo(new Span<float>(c + (i * cStride), columns));
    }
}
