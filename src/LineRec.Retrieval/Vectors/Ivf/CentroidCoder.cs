namespace LineRec.Retrieval;

/// <summary>Writes centroids as 8-bit codes around their mean.</summary>
internal static unsafe class CentroidCoder
{
    /// <summary>Codes centroids.</summary>
    /// <param name="centroids">[count, dimension].</param>
    /// <param name="dimension">Their length.</param>
    /// <param name="layout">The 8-bit layout.</param>
    /// <param name="mean">Receives their mean.</param>
    /// <param name="codes">Receives the blocks.</param>
    /// <returns>The value of a step, and the length of the longest centred codes in any segment.</returns>
    public static (float Step, float Radius) Code(ReadOnlySpan<float> centroids, int dimension, CodeLayout layout, Span<float> mean, byte* codes)
    {
        int count = centroids.Length / dimension;
        mean.Clear();
        for (int c = 0; c < count; c++)
        {
            for (int j = 0; j < dimension; j++) mean[j] += centroids[(c * dimension) + j] / count;
        }

        float greatest = 1e-30f;
        for (int i = 0; i < centroids.Length; i++) greatest = Math.Max(greatest, Math.Abs(centroids[i] - mean[i % dimension]));
        float step = greatest / 127f;
        double radius = 1;
        new Span<byte>(codes, CodeLayout.BlocksOf(count) * layout.BlockBytes).Clear();
        Span<double> squares = stackalloc double[layout.Segments];
        for (int c = 0; c < count; c++)
        {
            squares.Clear();
            for (int j = 0; j < dimension; j++)
            {
                int code = Math.Clamp((int)MathF.Round(((centroids[(c * dimension) + j] - mean[j]) / step) + CodeLayout.ByteCentre), 0, 255);
                layout.Put(new CodePlanes(codes, null), c / CodeLayout.BlockVectors, j, c % CodeLayout.BlockVectors, code);
                squares[layout.SegmentOf(j)] += (code - CodeLayout.ByteCentre) * (code - CodeLayout.ByteCentre);
            }

            foreach (double square in squares) radius = Math.Max(radius, Math.Sqrt(square));
        }

        return (step, (float)radius * 1.0001f);
    }
}
