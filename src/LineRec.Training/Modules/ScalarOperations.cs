using TorchSharp;
using static TorchSharp.torch;

namespace LineRec.Training;

/// <summary>Operations that TorchSharp does with a temporary number of its own, done with one that lives until the native call has ended.</summary>
/// <remarks>
/// <para>TorchSharp 0.107's <c>a + b</c>, <c>a / 2</c>, <c>square</c>, <c>softplus</c> and others make a <see cref="Scalar"/> that nothing
/// keeps alive during the native call. When the garbage collector runs just then, because of any other thread, the number is freed under
/// the call, which fails ("Unknown scalar type", "toFloat: Expected false to be true") or computes with another number. Within a
/// <see cref="TrainingModule{TBatch}"/> use these instead, and for the rest <c>using var number = 2.0.ToScalar()</c>. Tensors aren't
/// concerned: the trainer's scope holds them. <c>a - b</c>, <c>a * b</c> and <c>a / b</c> of two tensors need no number.</para>
/// <para>Thread-safe.</para>
/// </remarks>
public static class ScalarOperations
{
    private static readonly Scalar One = 1.ToScalar();

    /// <summary>tensor + other.</summary>
    public static Tensor Plus(this Tensor tensor, Tensor other) => tensor.add(other, One);

    /// <summary>tensor + number.</summary>
    public static Tensor Plus(this Tensor tensor, double number)
    {
        using var scalar = number.ToScalar();
        return tensor.add(scalar, One);
    }

    /// <summary>tensor · number.</summary>
    public static Tensor Times(this Tensor tensor, double number)
    {
        using var scalar = number.ToScalar();
        return tensor.mul(scalar);
    }

    /// <summary>tensor / number.</summary>
    public static Tensor DividedBy(this Tensor tensor, double number)
    {
        using var scalar = number.ToScalar();
        return tensor.div(scalar);
    }

    /// <summary>log(1 + e^tensor), without overflow.</summary>
    public static Tensor Softplus(this Tensor tensor)
    {
        using var large = 20.0.ToScalar(); // from here on it is the tensor itself, to the last digit
        return where(tensor.gt(large), tensor, tensor.clamp_max(large).exp().log1p());
    }

    /// <summary>max(tensor, number).</summary>
    public static Tensor AtLeast(this Tensor tensor, double number)
    {
        using var scalar = number.ToScalar();
        return tensor.clamp_min(scalar);
    }

    /// <summary>1 where tensor ≥ number, else 0, as booleans.</summary>
    internal static Tensor IsAtLeast(this Tensor tensor, double number)
    {
        using var scalar = number.ToScalar();
        return tensor.ge(scalar);
    }

    /// <summary>Writes a number at the places of an index along the tensor's first dimension.</summary>
    internal static Tensor FillAt(this Tensor tensor, Tensor index, double number)
    {
        using var scalar = number.ToScalar();
        return tensor.index_fill_(0, index, scalar);
    }
}
