using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LineRec.Training;

/// <summary>Layers one after the other.</summary>
internal sealed class Sequential : Layer
{
    private readonly Layer[] _layers;

    public Sequential(params Layer[] layers)
        : base(layers[0].InputWidth, layers[^1].OutputWidth)
    {
        for (int i = 1; i < layers.Length; i++)
        {
            if (layers[i].InputWidth != layers[i - 1].OutputWidth)
                throw new ArgumentException($"Layer {i} takes {layers[i].InputWidth} values a row; layer {i - 1} gives {layers[i - 1].OutputWidth}.", nameof(layers));
        }

        _layers = layers;
    }

    public override IEnumerable<Parameter> Parameters => _layers.SelectMany(l => l.Parameters);

    public override Tensor Forward(Tensor input, Generator? noise = null)
    {
        foreach (var layer in _layers) input = layer.Forward(input, noise);
        return input;
    }

    public override string Emit(OnnxGraph graph, string input)
    {
        foreach (var layer in _layers) input = layer.Emit(graph, input);
        return input;
    }
}
