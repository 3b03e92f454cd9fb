using TorchSharp;

namespace LineRec.Training;

/// <summary>A copy of all that training changes in a network.</summary>
internal sealed class TwoTowerState
{
    private readonly float[] _items;
    private readonly float[]? _categories;
    private readonly float[][] _dense;

    private TwoTowerState(float[] items, float[]? categories, float[][] dense) => (_items, _categories, _dense) = (items, categories, dense);

    public static TwoTowerState Of(TwoTowerNetwork network) => new(
        [.. network.Items.Values],
        network.Categories?.Values.ToArray(),
        [.. DenseOf(network).Select(p => p.ToFloats())]);

    public void Restore(TwoTowerNetwork network)
    {
        _items.CopyTo(network.Items.Values, 0);
        _categories?.CopyTo(network.Categories!.Values, 0);
        foreach (var (parameter, values) in DenseOf(network).Zip(_dense)) values.CopyTo(parameter.Floats());
    }

    private static IEnumerable<TorchSharp.Modules.Parameter> DenseOf(TwoTowerNetwork network) => network.UserTower.Parameters.Concat(network.ItemTower.Parameters);
}
