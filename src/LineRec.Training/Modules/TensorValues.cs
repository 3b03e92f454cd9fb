using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace LineRec.Training;

/// <summary>Moves values between Torch tensors in main memory and arrays.</summary>
internal static class TensorValues
{
    /// <summary>The tensor's memory; valid while the tensor lives.</summary>
    /// <param name="tensor">A contiguous float tensor on the CPU.</param>
    public static Span<float> Floats(this Tensor tensor)
    {
        if (!tensor.is_contiguous()) throw new InvalidOperationException("A contiguous tensor is needed.");
        return MemoryMarshal.Cast<byte, float>(tensor.bytes);
    }

    /// <summary>A copy of the values in C order.</summary>
    public static float[] ToFloats(this Tensor tensor)
    {
        using var contiguous = tensor.detach().contiguous();
        return contiguous.Floats().ToArray();
    }
}
