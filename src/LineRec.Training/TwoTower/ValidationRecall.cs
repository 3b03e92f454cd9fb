using TorchSharp;
using static TorchSharp.torch;

namespace LineRec.Training;

/// <summary>Measures a two-tower model on examples: the share of their positives among the first 20 of all items.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class ValidationRecall(InteractionTable events, TwoTowerOptions options, TwoTowerExamples examples)
{
    private const int Top = 20;
    private const int Rows = 256; // users at a time: their scores of all items are held at once

    /// <summary>The users' vectors [examples, D].</summary>
    public Tensor EncodeUsers(TwoTowerNetwork network)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        int width = options.Dimension;
        var pooled = empty(examples.Count, width);
        var pooler = new HistoryPooler(options.HistoryPooling, network.Items);
        for (int i = 0; i < examples.Count; i++)
        {
            var history = events.Offsets[examples.Users[i]]..examples.HistoryEnds[i];
            pooler.Pool(events.Rows.AsSpan(history), events.Types.AsSpan(history), pooled.Floats().Slice(i * width, width));
        }

        return network.UserTower.Forward(pooled).MoveToOuterDisposeScope();
    }

    /// <summary>Recall@20, averaged over positives; items of the history don't compete where they can't be positives.</summary>
    /// <param name="users">[examples, D].</param>
    /// <param name="items">[all items, D].</param>
    public double Measure(Tensor users, Tensor items)
    {
        using var _ = no_grad();
        int hits = 0, top = (int)Math.Min(Top, items.shape[0]);
        for (int from = 0; from < examples.Count; from += Rows)
        {
            using var scope = NewDisposeScope();
            int count = Math.Min(Rows, examples.Count - from);
            var scores = users.narrow(0, from, count).matmul(items.t());
            if (options.ExcludeRepeats) HideHistories(scores, from, count);
            long[] best = scores.topk(top).indexes.data<long>().ToArray();
            for (int i = 0; i < count; i++)
            {
                foreach (int item in examples.Items.AsSpan(examples.Offsets[from + i]..examples.Offsets[from + i + 1]))
                    if (best.AsSpan(i * top, top).Contains(item)) hits++;
            }
        }

        return examples.Items.Length == 0 ? double.NaN : (double)hits / examples.Items.Length;
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
