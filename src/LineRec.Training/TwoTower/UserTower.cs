using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LineRec.Training;

/// <summary>The pooled history [n, d] → user vectors of length 1 [n, d]. Starts as plain normalisation.</summary>
internal sealed class UserTower : IDisposable
{
    private readonly Layer _layers;

    public UserTower(TwoTowerOptions options, Random random)
    {
        int width = options.Dimension;
        var normalize = new Normalize(width);
        _layers = options.UserHiddenWidth == 0
            ? normalize
            : new Sequential(normalize, Towers.ResidualBlock(width, options.UserHiddenWidth, random), new Normalize(width));
    }

    public IEnumerable<Parameter> Parameters => _layers.Parameters;

    public Tensor Forward(Tensor history) => _layers.Forward(history);

    /// <summary>The tower as an ONNX model: input `history`, output `vector`.</summary>
    public byte[] ToOnnx()
    {
        var graph = new OnnxGraph("user_tower");
        graph.Output(_layers.Emit(graph, graph.Input("history", _layers.InputWidth)), "vector", _layers.OutputWidth);
        return graph.ToBytes();
    }

    public void Dispose() => _layers.Dispose();
}
