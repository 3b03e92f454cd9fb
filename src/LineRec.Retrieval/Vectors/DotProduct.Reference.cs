namespace LineRec.Retrieval;

/// <summary>What the kernels must compute, bit by bit, written plainly.</summary>
internal static partial class DotProduct
{
    internal static float Reference(ReadOnlySpan<float> row, ReadOnlySpan<float> query)
    {
        Span<float> lanes = stackalloc float[Lanes];
        lanes.Clear();
        int padded = PaddedLength(row.Length);
        for (int i = 0; i < padded; i++)
        {
            float x = i < row.Length ? row[i] : 0f, q = i < row.Length ? query[i] : 0f;
            lanes[i % Lanes] = MathF.FusedMultiplyAdd(x, q, lanes[i % Lanes]);
        }

        for (int width = Lanes / 2; width > 0; width /= 2)
        {
            for (int l = 0; l < width; l++) lanes[l] += lanes[l + width];
        }

        return lanes[0];
    }
}
