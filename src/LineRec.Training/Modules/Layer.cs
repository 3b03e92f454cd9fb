using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LineRec.Training;

/// <summary>
/// A part of a network that knows both of its forms: what Torch computes in training, and the ONNX nodes that compute the same when
/// serving. Any composition of layers therefore exports.
/// </summary>
/// <remarks>Not thread-safe. Maps [n, InputWidth] to [n, OutputWidth].</remarks>
internal abstract class Layer(int inputWidth, int outputWidth) : IDisposable
{
    /// <summary>Values a row that it takes.</summary>
    public int InputWidth { get; } = inputWidth;

    /// <summary>Values a row that it gives.</summary>
    public int OutputWidth { get; } = outputWidth;

    /// <summary>What training changes.</summary>
    public virtual IEnumerable<Parameter> Parameters => [];

    /// <summary>Computes the layer in Torch.</summary>
    /// <param name="input">[n, InputWidth].</param>
    /// <param name="noise">Where dropout draws from while training; null when the network is used.</param>
    public abstract Tensor Forward(Tensor input, Generator? noise = null);

    /// <summary>Adds the layer's nodes to a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="input">The value that the layer reads.</param>
    /// <returns>The value that holds its output.</returns>
    public abstract string Emit(OnnxGraph graph, string input);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var parameter in Parameters) parameter.Dispose();
    }

    /// <summary>A trainable tensor that outlives the scope of a training step.</summary>
    internal static Parameter ParameterOf(float[] values, params long[] shape)
    {
        using var tensor = torch.tensor(values, shape);
        return (Parameter)new Parameter(tensor.clone()).DetachFromDisposeScope();
    }
}
