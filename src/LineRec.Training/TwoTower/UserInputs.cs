using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace LineRec.Training;

/// <summary>What the user tower reads of a batch of histories: pooled rows of the item table, or the rows one by one.</summary>
internal sealed class UserInputs
{
    private readonly PickedHistories _histories;

    private UserInputs(PickedHistories histories, Tensor rows, Tensor? weights) => (_histories, Rows, Weights) = (histories, rows, weights);

    /// <summary>[histories, d]; one by one [histories, T, d], newest first, zeros behind the last.</summary>
    public Tensor Rows { get; }

    /// <summary>One by one: the rows' weights [histories, T], 0 behind the last; else null.</summary>
    public Tensor? Weights { get; }

    /// <summary>Pools the rows, with the arithmetic of <see cref="LineRec.Features.HistoryPooler"/>, which serves.</summary>
    public static UserInputs Pool(PickedHistories histories, EmbeddingTable table)
    {
        var pooled = zeros(histories.Count, table.Width);
        var sums = pooled.Floats();
        foreach (var (item, weight, history) in CollectionsMarshal.AsSpan(histories.Items))
        {
            var sum = sums.Slice(history * table.Width, table.Width);
            TensorPrimitives.MultiplyAdd(table[item], weight, sum, sum);
        }

        return new UserInputs(histories, pooled, null);
    }

    /// <summary>Gathers the rows one by one; T is the longest history's.</summary>
    public static UserInputs Gather(PickedHistories histories, EmbeddingTable table)
    {
        int length = Math.Max(1, histories.Longest);
        Tensor rows = zeros(histories.Count, length, table.Width), weights = zeros(histories.Count, length);
        Span<float> rowValues = rows.Floats(), weightValues = weights.Floats();
        foreach (var (item, weight, at) in Places(histories, length))
        {
            table[item].CopyTo(rowValues.Slice(at * table.Width, table.Width));
            weightValues[at] = weight;
        }

        return new UserInputs(histories, rows, weights);
    }

    /// <summary>Adds the gradients of <see cref="Rows"/> to those of the table's rows that they came from.</summary>
    public void Accumulate(EmbeddingTable table)
    {
        var gradients = Rows.grad!.contiguous().Floats();
        if (Weights is null)
        {
            foreach (var (item, weight, history) in CollectionsMarshal.AsSpan(_histories.Items)) table.Accumulate(item, gradients.Slice(history * table.Width, table.Width), weight);
        }
        else
        {
            foreach (var (item, _, at) in Places(_histories, (int)Rows.shape[1])) table.Accumulate(item, gradients.Slice(at * table.Width, table.Width));
        }
    }

    // Each picked item with its place among all histories' places.
    private static IEnumerable<(int Item, float Weight, int At)> Places(PickedHistories histories, int length)
    {
        int last = -1, place = 0;
        foreach (var (item, weight, history) in histories.Items)
        {
            place = history == last ? place + 1 : 0;
            last = history;
            yield return (item, weight, (history * length) + place);
        }
    }
}
