using System.Numerics.Tensors;

namespace LineRec.Training;

/// <summary>Interactions of one side's rows: users' items or items' users.</summary>
internal delegate ReadOnlySpan<int> IalsRows(int row);

/// <summary>
/// Solves the rows of one side with the other fixed: (α YᵀY + Σ y yᵀ + λ I) x = Σ y over the row's interactions, by conjugate gradients for a block of
/// rows at once, so that the dense part is a matrix product (Takács, Pilászy and Tikk 2011).
/// </summary>
internal sealed class IalsSolver(IalsOptions options, Workers workers)
{
    private const int Block = 64;
    private readonly int _width = options.Dimension;

    /// <summary>Solves all rows, in place.</summary>
    /// <param name="rows">[count, dimension].</param>
    /// <param name="interactions">What each row interacted with.</param>
    /// <param name="others">[others, dimension].</param>
    public void Solve(float[] rows, IalsRows interactions, float[] others)
    {
        var gram = Gram(others);
        int count = rows.Length / _width, otherCount = others.Length / _width;
        workers.For((count + Block - 1) / Block, block =>
        {
            int from = block * Block, size = Math.Min(Block, count - from);
            new IalsBlock(options, gram, others, otherCount, interactions, from, size).Solve(rows.AsSpan(from * _width, size * _width));
        });
    }

    // α·YᵀY, each panel of columns one part.
    public PackedMatrix Gram(float[] others)
    {
        int count = others.Length / _width;
        var packed = PackedMatrix.OfRows(others, count, _width);
        var gram = new float[_width * _width];
        workers.For(packed.PanelCount, panel => MatrixProduct.Multiply(others, 1, _width, _width, packed, count, panel, panel + 1, gram, _width, add: false));
        TensorPrimitives.Multiply(gram, (float)options.UnobservedWeight, gram);
        return PackedMatrix.OfRows(gram, _width, _width);
    }
}
