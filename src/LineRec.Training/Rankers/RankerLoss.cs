using TorchSharp;
using static TorchSharp.torch;

namespace LineRec.Training;

/// <summary>The losses of a batch's logits.</summary>
internal static class RankerLoss
{
    private const float Never = -1e9f;

    public static Tensor Of(RankingLoss kind, Tensor logits, RankerBatch batch) => kind switch
    {
        RankingLoss.Pointwise => Pointwise(logits, batch),
        RankingLoss.Listwise => Listwise(logits, batch),
        _ => Pointwise(logits, batch).Plus(Listwise(logits, batch)),
    };

    // log(1 + e^s) - y·s
    private static Tensor Pointwise(Tensor logits, RankerBatch batch) =>
        ((logits.Softplus() - (batch.Labels * logits)) * batch.Weights).sum() / batch.Weights.sum().AtLeast(1e-12);

    // Each chosen candidate: log of the group's Σ e^s, minus its own s.
    private static Tensor Listwise(Tensor logits, RankerBatch batch)
    {
        var padded = cat([logits, tensor(new[] { Never })], 0).index_select(0, batch.Padded.view(-1)).view(batch.Padded.shape);
        var chosen = batch.Labels * batch.Weights;
        return ((padded.logsumexp(1).index_select(0, batch.Groups) - logits) * chosen).sum() / chosen.sum().AtLeast(1e-12);
    }
}
