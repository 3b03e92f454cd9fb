using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LineRec.Training;

/// <summary>
/// The raw item row [n, d], with projections of the category's row and of dense features added, → item vectors of length 1 [n, d].
/// The projections start at zero, so the tower starts as plain normalisation.
/// </summary>
internal sealed class ItemTower : IDisposable
{
    private readonly int _width;
    private readonly Dense? _category;
    private readonly Layer? _features;
    private readonly Layer _head;

    public ItemTower(TwoTowerOptions options, int categoryWidth, FeatureScale? features, Random random)
    {
        _width = options.Dimension;
        if (categoryWidth > 0) _category = new Dense(categoryWidth, _width, random: null, bias: false);
        if (features is not null) _features = new StandardizedDense(features, _width, random: null, bias: false);
        var normalize = new Normalize(_width);
        _head = options.ItemHiddenWidth == 0
            ? normalize
            : new Sequential(new Normalize(_width), Towers.ResidualBlock(_width, options.ItemHiddenWidth, random), normalize);
    }

    public IEnumerable<Parameter> Parameters => [.. _category?.Parameters ?? [], .. _features?.Parameters ?? [], .. _head.Parameters];

    /// <summary>Item vectors of length 1.</summary>
    /// <param name="item">Rows of the item table.</param>
    /// <param name="category">Rows of the category table; read where the tower has categories.</param>
    /// <param name="features">Dense features; read where the tower has some.</param>
    public Tensor Forward(Tensor item, Tensor? category, Tensor? features)
    {
        if (_category is not null) item = item.Plus(_category.Forward(category!));
        if (_features is not null) item = item.Plus(_features.Forward(features!));
        return _head.Forward(item);
    }

    /// <summary>The tower as an ONNX model: inputs `item`, `category`, `dense` (as far as it has them) and `scale`; output `vector`.</summary>
    public byte[] ToOnnx()
    {
        var graph = new OnnxGraph("item_tower");
        string value = graph.Input("item", _width);
        if (_category is not null) value = graph.Node("Add", [value, _category.Emit(graph, graph.Input("category", _category.InputWidth))]);
        if (_features is not null) value = graph.Node("Add", [value, _features.Emit(graph, graph.Input("dense", _features.InputWidth))]);
        graph.Output(graph.Node("Mul", [_head.Emit(graph, value), graph.Input("scale", 1)]), "vector", _width);
        return graph.ToBytes();
    }

    public void Dispose()
    {
        _category?.Dispose();
        _features?.Dispose();
        _head.Dispose();
    }
}
