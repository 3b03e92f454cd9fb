using System.Numerics;
using System.Numerics.Tensors;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace LineRec.Training;

/// <summary>Measures a two-tower model on examples: the share of their positives among the first 20 of all items.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class ValidationRecall(InteractionTable events, TwoTowerOptions options, TwoTowerExamples examples)
{
    private const int Top = 20;
    private const int Rows = 256; // users at a time: their scores of all items are held at once

    /// <summary>The users' vectors [examples, D].</summary>
    public Tensor EncodeUsers(TwoTowerNetwork network) => tensor(
        network.EncodeUsers(events, [.. Enumerable.Range(0, examples.Count).Select(e => (events.Offsets[examples.Users[e]], examples.HistoryEnds[e]))]),
        examples.Count,
        options.Dimension);

    /// <summary>Recall@20, averaged over positives; items of the history don't compete where they can't be positives.</summary>
    /// <param name="users">[examples, D].</param>
    /// <param name="items">[all items, D], of length 1.</param>
    /// <param name="scales">Lengths for the item vectors, several ways.</param>
    /// <returns>The recall with each way's lengths.</returns>
    public double[] Measure(Tensor users, Tensor items, float[][] scales)
    {
        using var _ = no_grad();
        var hits = new int[scales.Length];
        int width = (int)items.shape[0];
        var scaled = new float[width];
        for (int from = 0; from < examples.Count; from += Rows)
        {
            using var scope = NewDisposeScope();
            int count = Math.Min(Rows, examples.Count - from);
            var scores = users.narrow(0, from, count).matmul(items.t()).contiguous();
            if (options.ExcludeRepeats) HideHistories(scores, from, count);
            for (int i = 0; i < count; i++)
            {
                for (int way = 0; way < scales.Length; way++)
                {
                    TensorPrimitives.Multiply(scores.Floats().Slice(i * width, width), scales[way], scaled);
                    foreach (int item in examples.Items.AsSpan(examples.Offsets[from + i]..examples.Offsets[from + i + 1]))
                        if (Above(scaled, item) < Top) hits[way]++;
                }
            }
        }

        return [.. hits.Select(h => (double)h / examples.Items.Length)];
    }

    // How many items come before one: counting is much cheaper than sorting. Ties are in the order of rows.
    private static int Above(ReadOnlySpan<float> scores, int item)
    {
        float score = scores[item];
        var limit = new Vector<float>(score);
        var counts = Vector<int>.Zero;
        int i = 0, above = 0;
        for (; i <= scores.Length - Vector<float>.Count; i += Vector<float>.Count) counts -= Vector.GreaterThan(new Vector<float>(scores[i..]), limit);
        for (; i < scores.Length; i++) above += scores[i] > score ? 1 : 0;
        return above + Vector.Sum(counts) + scores[..item].Count(score);
    }

    private void HideHistories(Tensor scores, int from, int count)
    {
        int items = (int)scores.shape[1];
        var cells = scores.Floats();
        for (int i = 0; i < count; i++)
        {
            foreach (int item in events.Rows.AsSpan(events.Offsets[examples.Users[from + i]]..examples.HistoryEnds[from + i]))
                cells[(i * items) + item] = float.NegativeInfinity;
        }
    }
}
