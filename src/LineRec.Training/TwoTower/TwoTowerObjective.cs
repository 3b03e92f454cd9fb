using static TorchSharp.torch;

namespace LineRec.Training;

/// <summary>The losses of a batch, as functions of what the towers give.</summary>
/// <remarks>
/// Each candidate counts 1 / (how often it is expected among the candidates) where that is known (the logQ correction): the sum over the
/// negatives then estimates the one over all items (Bengio and Senécal 2008; Yang et al. 2020), and their mean that over all items.
/// </remarks>
internal static class TwoTowerObjective
{
    private const float Never = -1e9f;

    /// <summary>The mean loss of the positives, weighted.</summary>
    /// <param name="options">Which loss.</param>
    /// <param name="batch">The examples.</param>
    /// <param name="users">[examples, D], of length 1.</param>
    /// <param name="candidates">[candidates, D], of length 1.</param>
    /// <param name="own">[distinct own negatives, D], of length 1.</param>
    /// <param name="positives">[positives, D], of length 1.</param>
    public static Tensor Of(TwoTowerOptions options, TwoTowerBatch batch, Tensor users, Tensor candidates, Tensor own, Tensor positives)
    {
        if (options.Loss != TwoTowerLoss.CosineContrastive) users = users.DividedBy(options.Temperature);
        var examples = tensor(batch.PositiveExamples.ToArray());
        var weights = tensor(batch.PositiveWeights.ToArray());
        var positive = (users.index_select(0, examples) * positives).sum(-1);
        var scores = users.matmul(candidates.t()); // [examples, candidates]
        if (batch.Own is { } drawn)
        {
            var vectors = own.index_select(0, tensor(drawn.Places.ToArray())).view(batch.Count, drawn.PerExample, -1);
            scores = cat([scores, vectors.matmul(users.unsqueeze(2)).squeeze(2)], 1); // [examples, columns]
        }

        var losses = options.Loss switch
        {
            TwoTowerLoss.Bpr => Bpr(batch, positive, scores.index_select(0, examples), Shares(batch).index_select(0, examples)),
            TwoTowerLoss.CosineContrastive => Contrastive(options, positive, scores, Shares(batch), examples),
            _ => Softmax(batch, positive, scores, examples),
        };
        return (losses * weights).sum() / weights.sum();
    }

    // -s⁺ + log(e^s⁺ + Σ over negatives of e^s / expected count).
    private static Tensor Softmax(TwoTowerBatch batch, Tensor positive, Tensor scores, Tensor examples)
    {
        if (batch.IsCorrected) scores.sub_(LogExpected(batch));
        var others = Masked(batch, scores, Never).logsumexp(1).index_select(0, examples);
        return (others - positive).Softplus();
    }

    private static Tensor Bpr(TwoTowerBatch batch, Tensor positive, Tensor scores, Tensor shares) =>
        ((scores - positive.unsqueeze(1)).Softplus() * shares).sum(1);

    private static Tensor Contrastive(TwoTowerOptions options, Tensor positive, Tensor scores, Tensor shares, Tensor examples)
    {
        var negative = (scores.Plus(-options.ContrastiveMargin).relu() * shares).sum(1).index_select(0, examples);
        return positive.neg().Plus(1).Plus(negative.Times(options.ContrastiveWeight));
    }

    // What each candidate weighs among the negatives of an example [examples, columns]; rows sum to 1, or are 0 without a negative.
    private static Tensor Shares(TwoTowerBatch batch)
    {
        var weights = batch.IsCorrected ? LogExpected(batch).neg().exp().expand(batch.Count, batch.Columns).clone() : ones(batch.Count, batch.Columns);
        var shares = Masked(batch, weights, 0);
        return shares / shares.sum(1, keepdim: true).AtLeast(1e-30);
    }

    // [1, columns], or [examples, columns] where there are own negatives, whose expectation depends on the example.
    private static Tensor LogExpected(TwoTowerBatch batch)
    {
        var shared = tensor(batch.LogExpected.ToArray()).unsqueeze(0);
        return batch.Own is not { } own
            ? shared
            : cat([shared.expand(batch.Count, -1), tensor(own.LogExpected.ToArray()).unsqueeze(1).expand(-1, own.PerExample)], 1);
    }

    // Changes the cells: they are the largest tensor of a step, and a copy costs more than what is done to it.
    private static Tensor Masked(TwoTowerBatch batch, Tensor cells, float value) => batch.Masked.Count == 0
        ? cells
        : cells.view(-1).FillAt(tensor(batch.Masked.ToArray()), value).view(batch.Count, -1);
}
