using TorchSharp;
using static TorchSharp.torch;

namespace LineRec.Training;

/// <summary>The candidates of some groups as tensors, which belong to the dispose scope that is current when it is made.</summary>
internal sealed class RankerBatch
{
    public RankerBatch(RankingExamples examples, ReadOnlySpan<int> groups)
    {
        int count = 0, longest = 0;
        foreach (int group in groups)
        {
            int length = examples.GroupOffsets[group + 1] - examples.GroupOffsets[group];
            count += length;
            longest = Math.Max(longest, length);
        }

        Count = count;
        var (owners, rows, candidates) = (new long[count], new int[count], new int[count]);
        var (labels, weights, padded) = (new float[count], new float[count], new long[groups.Length * longest]);
        Array.Fill(padded, count); // one past the last candidate: filled with a logit that weighs nothing
        for (int g = 0, i = 0; g < groups.Length; g++)
        {
            for (int at = examples.GroupOffsets[groups[g]], place = g * longest; at < examples.GroupOffsets[groups[g] + 1]; at++, i++)
            {
                (owners[i], rows[i], candidates[i], labels[i], weights[i]) = (g, examples.ItemRows[at], at, examples.Labels[at], examples.Weights?[at] ?? 1f);
                padded[place++] = i;
            }
        }

        Groups = tensor(owners);
        Labels = tensor(labels);
        Weights = tensor(weights);
        Padded = tensor(padded, groups.Length, longest);
        if (examples.User is { } user) User = Gather(user, groups);
        if (examples.ItemEmbeddings is { } embeddings) Embedding = Gather(embeddings, rows);
        if (examples.ItemFeatures is { } items) Item = Gather(items, rows);
        if (examples.Cross is { } cross) Cross = Gather(cross, candidates);
    }

    public int Count { get; }

    /// <summary>The batch's group of each candidate [n].</summary>
    public Tensor Groups { get; }

    public Tensor Labels { get; }

    public Tensor Weights { get; }

    /// <summary>The candidates of each group [groups, longest]; <see cref="Count"/> where a group is shorter.</summary>
    public Tensor Padded { get; }

    public Tensor? User { get; }

    public Tensor? Embedding { get; }

    public Tensor? Item { get; }

    public Tensor? Cross { get; }

    private static Tensor Gather(NpyMatrix<float> matrix, ReadOnlySpan<int> rows)
    {
        var gathered = empty(rows.Length, matrix.Columns);
        var values = gathered.Floats();
        for (int i = 0; i < rows.Length; i++) matrix[rows[i]].CopyTo(values[(i * matrix.Columns)..]);
        return gathered;
    }
}
