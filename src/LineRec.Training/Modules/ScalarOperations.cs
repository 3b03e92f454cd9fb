using TorchSharp;
using Tensor = TorchSharp.torch.Tensor;

namespace LineRec.Training;

/// <summary>
/// Operations of a tensor with a number. TorchSharp's operators make a temporary scalar that nothing keeps alive during the native call,
/// so that under load the finalizer can free it too early ("Unknown scalar type"); here it lives until the call has ended.
/// </summary>
internal static class ScalarOperations
{
    /// <summary>tensor / number.</summary>
    public static Tensor DividedBy(this Tensor tensor, double number)
    {
        using var scalar = number.ToScalar();
        return tensor.div(scalar);
    }

    /// <summary>max(tensor, number).</summary>
    public static Tensor AtLeast(this Tensor tensor, double number)
    {
        using var scalar = number.ToScalar();
        return tensor.clamp_min(scalar);
    }

    /// <summary>1 where tensor ≥ number, else 0, as booleans.</summary>
    public static Tensor IsAtLeast(this Tensor tensor, double number)
    {
        using var scalar = number.ToScalar();
        return tensor.ge(scalar);
    }

    /// <summary>Writes a number at the places of an index along the tensor's first dimension.</summary>
    public static Tensor FillAt(this Tensor tensor, Tensor index, double number)
    {
        using var scalar = number.ToScalar();
        return tensor.index_fill_(0, index, scalar);
    }
}
