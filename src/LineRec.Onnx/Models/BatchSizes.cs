using System.Numerics;

namespace LineRec.Onnx;

/// <summary>
/// The batch sizes that calls are padded to, so that every shape is bound once: four a doubling, at most a quarter more than asked for.
/// </summary>
internal static class BatchSizes
{
    /// <summary>The padded size of a batch.</summary>
    /// <param name="rows">1 or more.</param>
    /// <param name="smallest">The smallest padded size.</param>
    internal static int Pad(int rows, int smallest)
    {
        if (rows <= smallest) return smallest;
        int step = (int)BitOperations.RoundUpToPowerOf2((uint)rows) / 8;
        step = Math.Max(step, 4);
        return checked((rows + step - 1) / step * step);
    }
}
