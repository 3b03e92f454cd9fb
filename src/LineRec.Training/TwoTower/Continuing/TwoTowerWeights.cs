using TorchSharp;

namespace LineRec.Training;

/// <summary>A copy of all that training changes in a network.</summary>
/// <param name="Items">The raw item rows [items, D].</param>
/// <param name="Histories">The rows that histories are read from [items, D]; null where they are those of <paramref name="Items"/>.</param>
/// <param name="Categories">The category rows [categories, C], the missing category's first; null without.</param>
/// <param name="Dense">The values of each dense layer's parameter, in the order of the network.</param>
internal sealed record TwoTowerWeights(float[] Items, float[]? Histories, float[]? Categories, float[][] Dense)
{
    public static TwoTowerWeights Of(TwoTowerNetwork network) => new(
        [.. network.Items.Values],
        network.ItemTables.Count == 1 ? null : [.. network.Histories.Values],
        network.Categories?.Values.ToArray(),
        [.. network.DenseParameters.Select(p => p.ToFloats())]);
}
