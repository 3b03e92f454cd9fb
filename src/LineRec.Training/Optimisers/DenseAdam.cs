using System.Numerics.Tensors;
using TorchSharp.Modules;

namespace LineRec.Training;

/// <summary>
/// Adam with decoupled weight decay (AdamW, Loshchilov and Hutter 2019) over a network's parameters, in plain memory. TorchSharp's own
/// makes thousands of short-lived scalars a second, which the finalizer may free while native code still reads them.
/// </summary>
/// <remarks>Not thread-safe. 8 bytes a value.</remarks>
internal sealed class DenseAdam(IEnumerable<Parameter> parameters, double weightDecay = 0)
{
    private readonly (Parameter Parameter, float[] First, float[] Second)[] _parameters =
        [.. parameters.Select(p => (p, new float[p.numel()], new float[p.numel()]))];

    private int _step;

    /// <summary>Forgets the gradients; before each backward pass.</summary>
    public void ZeroGradients()
    {
        foreach (var (parameter, _, _) in _parameters)
        {
            if (parameter.grad is { } gradient) gradient.Floats().Clear();
        }
    }

    /// <summary>Moves the parameters against their gradients.</summary>
    /// <param name="learningRate">The rate.</param>
    public void Step(double learningRate)
    {
        float rate = AdamUpdate.CorrectedRate(learningRate, ++_step);
        foreach (var (parameter, first, second) in _parameters)
        {
            if (parameter.grad is not { } gradient) continue;
            using var contiguous = gradient.contiguous();
            var values = parameter.Floats();
            if (weightDecay > 0) TensorPrimitives.Multiply(values, (float)(1 - (learningRate * weightDecay)), values);
            AdamUpdate.Apply(values, contiguous.Floats(), first, second, rate);
        }
    }
}
