using System.Numerics.Tensors;

namespace LineRec.Training;

/// <summary>One step of Adam on values in plain memory. Kingma and Ba 2015.</summary>
internal static class AdamUpdate
{
    private const float Decay1 = 0.9f, Decay2 = 0.999f, Epsilon = 1e-8f;
    private const int Chunk = 256;

    /// <summary>The rate with both moments' bias corrected.</summary>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="step">The step's number, from 1.</param>
    public static float CorrectedRate(double learningRate, int step) =>
        (float)(learningRate * Math.Sqrt(1 - Math.Pow(Decay2, step)) / (1 - Math.Pow(Decay1, step)));

    /// <summary>Moves values against their gradient. All spans are of one length. No allocation.</summary>
    /// <param name="values">The values.</param>
    /// <param name="gradient">Their gradient.</param>
    /// <param name="first">The first moment.</param>
    /// <param name="second">The second moment.</param>
    /// <param name="rate">See <see cref="CorrectedRate"/>.</param>
    public static void Apply(Span<float> values, ReadOnlySpan<float> gradient, Span<float> first, Span<float> second, float rate)
    {
        Span<float> change = stackalloc float[Chunk], denominator = stackalloc float[Chunk];
        for (int from = 0; from < values.Length; from += Chunk)
        {
            int length = Math.Min(Chunk, values.Length - from);
            Apply(values.Slice(from, length), gradient.Slice(from, length), first.Slice(from, length), second.Slice(from, length), rate, change[..length], denominator[..length]);
        }
    }

    private static void Apply(Span<float> values, ReadOnlySpan<float> gradient, Span<float> first, Span<float> second, float rate, Span<float> change, Span<float> denominator)
    {
        TensorPrimitives.Multiply(first, Decay1, first);
        TensorPrimitives.MultiplyAdd(gradient, 1 - Decay1, first, first);
        TensorPrimitives.Multiply(gradient, gradient, denominator);
        TensorPrimitives.Multiply(denominator, 1 - Decay2, denominator);
        TensorPrimitives.MultiplyAdd(second, Decay2, denominator, second);
        TensorPrimitives.Sqrt(second, denominator);
        TensorPrimitives.Add(denominator, Epsilon, denominator);
        TensorPrimitives.Divide(first, denominator, change);
        TensorPrimitives.MultiplyAdd(change, -rate, values, values);
    }
}
