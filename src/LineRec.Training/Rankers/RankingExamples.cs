using System.Numerics.Tensors;
using LineRec.Features;

namespace LineRec.Training;

/// <summary>
/// What a ranker learns from: candidates of requests, as the pipeline encoded them, and which of them were chosen. A request is a
/// group; its candidates lie one after the other and share the user's row.
/// </summary>
/// <remarks>
/// Immutable and thread-safe; matrices aren't copied, and may be .npy files mapped into memory. A part that is null is no input of the
/// ranker. NaN in a feature counts as missing (the mean); infinite values are refused.
/// </remarks>
public sealed record RankingExamples
{
    /// <summary>Group g's candidates are at [GroupOffsets[g], GroupOffsets[g + 1]); one longer than there are groups.</summary>
    public required int[] GroupOffsets { get; init; }

    /// <summary>The catalog row of each candidate.</summary>
    public required int[] ItemRows { get; init; }

    /// <summary>1 for a candidate that was chosen, else 0.</summary>
    public required float[] Labels { get; init; }

    /// <summary>How much each candidate counts in the loss, 0 or more; null counts all as 1.</summary>
    public float[]? Weights { get; init; }

    /// <summary>When each request was, in any unit that grows; null where it isn't known. The last ones are held out.</summary>
    public long[]? GroupTimes { get; init; }

    /// <summary>The encoder's user block, a row a group [groups, U].</summary>
    public NpyMatrix<float>? User { get; init; }

    /// <summary>The encoder's cross block, a row a candidate [candidates, C].</summary>
    public NpyMatrix<float>? Cross { get; init; }

    /// <summary>The encoder's item block, a row an item of the catalog [items, I].</summary>
    public NpyMatrix<float>? ItemFeatures { get; init; }

    /// <summary>The shared item table, a row an item of the catalog [items, d]; training doesn't change it.</summary>
    public NpyMatrix<float>? ItemEmbeddings { get; init; }

    /// <summary>How many groups there are.</summary>
    public int GroupCount => GroupOffsets.Length - 1;

    /// <summary>How many candidates there are.</summary>
    public int Count => ItemRows.Length;

    /// <summary>Examples from features that a pipeline recorded.</summary>
    /// <param name="captured">The recorded requests; copied.</param>
    /// <param name="labels">1 for each recorded candidate that was chosen, else 0.</param>
    /// <param name="itemEmbeddings">The shared item table; null leaves embeddings out.</param>
    /// <param name="outOfFold">
    /// Says that the features were fitted without the events of these requests though they know others as late: a fold of <see cref="FeatureFitter.FitFolds"/> that knows the
    /// other folds' users. By default they must be fitted to what is before the first request.
    /// </param>
    /// <exception cref="ArgumentException">Nothing was recorded; there isn't a label a candidate; or the features count events from after a request, its label among them.</exception>
    public static RankingExamples From(CapturedFeatures captured, float[] labels, NpyMatrix<float>? itemEmbeddings = null, bool outOfFold = false)
    {
        if (captured.Encoder is not { } encoder || captured.CandidateCount == 0)
            throw new ArgumentException("No request was recorded; run the pipeline with the capture as its ranker first.", nameof(captured));
        if (!outOfFold) RequireEarlierFit(encoder.Fitted, captured.Times);
        var examples = new RankingExamples
        {
            GroupOffsets = captured.Offsets.ToArray(),
            ItemRows = captured.Rows.ToArray(),
            Labels = labels,
            GroupTimes = captured.Times.ToArray(),
            User = captured.ToUserMatrix(),
            Cross = captured.ToCrossMatrix(),
            ItemFeatures = encoder.ItemWidth > 0 ? encoder.ItemBlock : null,
            ItemEmbeddings = itemEmbeddings,
        };
        examples.Validate();
        return examples;
    }

    // Counts and rates of events that may be the labels tell them, and a ranker would learn to read them off.
    private static void RequireEarlierFit(FittedFeatures fitted, ReadOnlySpan<long> times)
    {
        var first = DateTimeOffset.FromUnixTimeMilliseconds(TensorPrimitives.Min(times));
        if (fitted.EventCount > 0 && first < fitted.AsOf)
            throw new ArgumentException($"The features count events up to {fitted.AsOf:u}, but a request was recorded at {first:u}: they may hold its own label. Capture with features that were fitted up to the first request, or with the fold of its user (FeatureFitter.FitFolds) and outOfFold set.");
    }

    /// <summary>Checks that the parts fit each other.</summary>
    /// <exception cref="ArgumentException">They don't; the message names the first that doesn't.</exception>
    public void Validate()
    {
        if (GroupOffsets.Length == 0 || GroupOffsets[0] != 0 || GroupOffsets[^1] != Count || !GroupOffsets.SequenceEqual(GroupOffsets.Order()))
            throw new ArgumentException($"RankingExamples.GroupOffsets must ascend from 0 to the number of candidates, {Count}.");
        RequireRows(nameof(Labels), Labels.Length, Count, "candidates");
        if (Weights is not null) RequireRows(nameof(Weights), Weights.Length, Count, "candidates");
        if (GroupTimes is not null) RequireRows(nameof(GroupTimes), GroupTimes.Length, GroupCount, "groups");
        if (User is not null) RequireRows(nameof(User), User.Rows, GroupCount, "groups");
        if (Cross is not null) RequireRows(nameof(Cross), Cross.Rows, Count, "candidates");
        if (ItemFeatures is not null && ItemEmbeddings is not null) RequireRows(nameof(ItemFeatures), ItemFeatures.Rows, ItemEmbeddings.Rows, "rows of ItemEmbeddings");
        int items = ItemFeatures?.Rows ?? ItemEmbeddings?.Rows ?? int.MaxValue;
        for (int i = 0; i < Count; i++)
        {
            if ((uint)ItemRows[i] >= (uint)items) throw new ArgumentException($"Candidate {i} is catalog row {ItemRows[i]}, but the item matrices have {items} rows.");
            if (Labels[i] is not (0f or 1f)) throw new ArgumentException($"Candidate {i} has the label {Labels[i]}; labels are 0 or 1.");
            if (Weights is not null && !(Weights[i] >= 0f && float.IsFinite(Weights[i]))) throw new ArgumentException($"Candidate {i} has the weight {Weights[i]}; weights are finite and 0 or more.");
        }
    }

    private static void RequireRows(string name, int found, int needed, string what)
    {
        if (found != needed) throw new ArgumentException($"RankingExamples.{name} has {found} rows; there are {needed} {what}.");
    }
}
