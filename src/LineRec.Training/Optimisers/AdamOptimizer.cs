using System.Numerics.Tensors;
using TorchSharp;
using TorchSharp.Modules;

namespace LineRec.Training;

/// <summary>
/// Adam (Kingma and Ba 2015) with decoupled weight decay (AdamW, Loshchilov and Hutter 2019) over a network's parameters, in plain memory. TorchSharp's own
/// makes thousands of short-lived scalars a second, which the finalizer may free while native code still reads them.
/// </summary>
/// <remarks>Not thread-safe. 8 bytes a value.</remarks>
public sealed class AdamOptimizer : ITrainingOptimizer
{
    private readonly (Parameter Parameter, float[] First, float[] Second)[] _parameters;
    private readonly double _learningRate;
    private readonly double _weightDecay;
    private int _step;

    /// <summary>Creates an optimiser.</summary>
    /// <param name="parameters">What it changes: contiguous float tensors in main memory.</param>
    /// <param name="learningRate">The rate. Over 0.</param>
    /// <param name="weightDecay">Decoupled weight decay. 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public AdamOptimizer(IEnumerable<Parameter> parameters, double learningRate, double weightDecay = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(learningRate);
        ArgumentOutOfRangeException.ThrowIfNegative(weightDecay);
        (_learningRate, _weightDecay) = (learningRate, weightDecay);
        _parameters = [.. parameters.Select(p => (p, new float[p.numel()], new float[p.numel()]))];
    }

    /// <inheritdoc/>
    public void ZeroGradients()
    {
        foreach (var (parameter, _, _) in _parameters) GradientOf(parameter).Clear();
    }

    /// <inheritdoc/>
    public double SquaredGradientNorm()
    {
        double sum = 0;
        foreach (var (parameter, _, _) in _parameters) sum += TensorPrimitives.SumOfSquares<float>(GradientOf(parameter));
        return sum;
    }

    /// <inheritdoc/>
    public void ScaleGradients(float factor)
    {
        foreach (var (parameter, _, _) in _parameters)
        {
            var gradient = GradientOf(parameter);
            TensorPrimitives.Multiply(gradient, factor, gradient);
        }
    }

    /// <inheritdoc/>
    public void Step(double rate)
    {
        double learningRate = _learningRate * rate;
        float corrected = AdamUpdate.CorrectedRate(learningRate, ++_step);
        foreach (var (parameter, first, second) in _parameters)
        {
            var gradient = GradientOf(parameter);
            if (gradient.IsEmpty) continue;
            var values = parameter.Floats();
            if (_weightDecay > 0) TensorPrimitives.Multiply(values, (float)(1 - (learningRate * _weightDecay)), values);
            AdamUpdate.Apply(values, gradient, first, second, corrected);
        }
    }

    /// <inheritdoc/>
    public void Exchange(TrainingState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Value("step", ref _step);
        for (int i = 0; i < _parameters.Length; i++)
        {
            state.Values($"first{i}", _parameters[i].First.AsSpan());
            state.Values($"second{i}", _parameters[i].Second.AsSpan());
        }
    }

    // Its memory; empty where there is none yet.
    private static Span<float> GradientOf(Parameter parameter)
    {
        if (parameter.grad is not { } gradient) return [];
        if (gradient.is_contiguous()) return gradient.Floats();
        var contiguous = gradient.contiguous();
        parameter.grad = contiguous;
        return contiguous.Floats();
    }
}
