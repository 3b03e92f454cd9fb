using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LineRec.Training;

/// <summary>
/// One ranking network: user·Wu + embedding·We + item·Wi + cross·Wc + product·Wp + b, then hidden layers, then a logit. The first
/// layer is split by input, so the user's part is computed once a request.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class RankerNetwork : IDisposable
{
    private readonly RankerScales _scales;
    private readonly StandardizedDense? _user, _embedding, _item, _cross, _product;
    private readonly Sequential _rest;

    public RankerNetwork(RankerScales scales, RankerOptions options, double baseRate, Random random)
    {
        _scales = scales;
        FeatureScale?[] parts = [scales.User, scales.Embedding, scales.Item, scales.Cross, scales.Product];
        int fanIn = parts.Sum(p => p?.Means.Length ?? 0), first = options.HiddenWidths[0];
        StandardizedDense? Part(FeatureScale? scale, bool clipped = true) => scale is null ? null : new StandardizedDense(scale, first, random, fanIn: fanIn, clipped: clipped);
        (_user, _embedding, _item, _cross, _product) = (Part(scales.User), Part(scales.Embedding, clipped: false), Part(scales.Item), Part(scales.Cross), Part(scales.Product, clipped: false));
        List<Layer> layers = [];
        for (int i = 0; i < options.HiddenWidths.Count; i++)
        {
            int width = options.HiddenWidths[i];
            if (i > 0) layers.Add(new Dense(options.HiddenWidths[i - 1], width, random));
            layers.Add(new Activation(options.Activation, width));
            layers.Add(new Dropout(options.Dropout, width));
        }

        var last = new Dense(options.HiddenWidths[^1], 1, random, fanIn: 16 * options.HiddenWidths[^1]); // starts near the base rate
        last.Bias!.Floats()[0] = (float)Math.Log(baseRate / (1 - baseRate));
        _rest = new Sequential([.. layers, last]);
    }

    public IEnumerable<Parameter> Parameters => new Layer?[] { _user, _embedding, _item, _cross, _product, _rest }.SelectMany(l => l?.Parameters ?? []);

    /// <summary>The logits of a batch's candidates [n].</summary>
    public Tensor Forward(RankerBatch batch, Generator? noise = null)
    {
        List<Tensor> parts = [];
        if (_user is not null) parts.Add(_user.Forward(batch.User!).index_select(0, batch.Groups));
        if (_embedding is not null) parts.Add(_embedding.Forward(batch.Embedding!));
        if (_item is not null) parts.Add(_item.Forward(batch.Item!));
        if (_cross is not null) parts.Add(_cross.Forward(batch.Cross!));
        if (_product is not null)
        {
            var vectors = batch.User!.narrow(1, _scales.ProductOffset, _product.InputWidth).index_select(0, batch.Groups);
            parts.Add(_product.Forward(vectors * batch.Embedding!));
        }

        return _rest.Forward(parts.Aggregate(ScalarOperations.Plus), noise).squeeze(1);
    }

    /// <summary>Adds the network's nodes to a graph that has the inputs of <see cref="RankerGraph"/>.</summary>
    /// <returns>The logit [n, 1].</returns>
    public string Emit(OnnxGraph graph)
    {
        List<string> parts = [];
        if (_embedding is not null) parts.Add(_embedding.Emit(graph, RankerGraph.Embedding));
        if (_item is not null) parts.Add(_item.Emit(graph, RankerGraph.Item));
        if (_cross is not null) parts.Add(_cross.Emit(graph, RankerGraph.Cross));
        if (_product is not null)
        {
            int width = _product.InputWidth;
            string vector = graph.Node("Slice", [RankerGraph.User, graph.Integers(_scales.ProductOffset), graph.Integers(_scales.ProductOffset + width), graph.Integers(1)]);
            parts.Add(_product.Emit(graph, graph.Node("Mul", [RankerGraph.Embedding, vector])));
        }

        if (_user is not null) parts.Add(_user.Emit(graph, RankerGraph.User)); // [1, h], spread over the candidates by the sum
        return _rest.Emit(graph, parts.Aggregate((a, b) => graph.Node("Add", [a, b])));
    }

    public void Dispose()
    {
        foreach (var layer in new Layer?[] { _user, _embedding, _item, _cross, _product, _rest }) layer?.Dispose();
    }
}
