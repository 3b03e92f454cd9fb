using System.Runtime.Intrinsics;

namespace LineRec.Training;

/// <summary>
/// The right factor [depth, width] of a matrix product, in panels of <see cref="PanelWidth"/> columns: panel p holds its columns of row 0, then of row 1, and so on.
/// The last panel is filled up with zeros.
/// </summary>
internal sealed class PackedMatrix
{
    /// <summary>Columns a panel: two vectors of the widest kind.</summary>
    public static readonly int PanelWidth = Vector512.IsHardwareAccelerated ? 32 : 16;

    private const int Alignment = 64;
    private readonly float[] _values;
    private readonly int _start;

    public PackedMatrix(int depth, int width)
    {
        (Depth, Width) = (depth, width);
        _values = GC.AllocateArray<float>(checked((PanelCount * depth * PanelWidth) + (Alignment / sizeof(float))), pinned: true);
        unsafe
        {
            fixed (float* first = _values) _start = (int)((Alignment - ((nint)first % Alignment)) % Alignment / sizeof(float));
        }
    }

    public int Depth { get; }

    public int Width { get; }

    public int PanelCount => (Width + PanelWidth - 1) / PanelWidth;

    /// <summary>A panel [depth, <see cref="PanelWidth"/>].</summary>
    public Span<float> Panel(int panel) => _values.AsSpan(_start + (panel * Depth * PanelWidth), Depth * PanelWidth);

    /// <summary>Sets a row of this matrix.</summary>
    public void SetRow(int row, ReadOnlySpan<float> values)
    {
        for (int panel = 0; panel < PanelCount; panel++)
        {
            int from = panel * PanelWidth;
            values[from..Math.Min(Width, from + PanelWidth)].CopyTo(Panel(panel)[(row * PanelWidth)..]);
        }
    }

    /// <summary>Sets a column of this matrix, multiplied by a factor: a row of the transposed one.</summary>
    public void SetColumn(int column, ReadOnlySpan<float> values, float factor = 1)
    {
        var panel = Panel(column / PanelWidth);
        for (int row = 0, at = column % PanelWidth; row < Depth; row++, at += PanelWidth) panel[at] = values[row] * factor;
    }

    /// <summary>Packs rows [depth, width].</summary>
    public static PackedMatrix OfRows(ReadOnlySpan<float> rows, int depth, int width)
    {
        var packed = new PackedMatrix(depth, width);
        for (int row = 0; row < depth; row++) packed.SetRow(row, rows.Slice(row * width, width));
        return packed;
    }

    /// <summary>Packs the transpose of rows [width, depth].</summary>
    public static PackedMatrix OfColumns(ReadOnlySpan<float> columns, int depth, int width)
    {
        var packed = new PackedMatrix(depth, width);
        for (int column = 0; column < width; column++) packed.SetColumn(column, columns.Slice(column * depth, depth));
        return packed;
    }
}
