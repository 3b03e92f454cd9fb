using LineRec.Conformance;
using LineRec.Features;
using LineRec.Onnx;
using LineRec.Onnx.Tests;

namespace LineRec.Ranking.Tests;

public sealed class OnnxRankerTests : IDisposable
{
    private readonly RankerBundle _bundle = new();

    public void Dispose() => _bundle.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(300)]
    public async Task Scores_are_the_graph_of_the_encoders_blocks_and_gathered_rows(int count)
    {
        using var snapshot = _bundle.Snapshot();
        var ranker = new OnnxRanker(snapshot, "home", "home");
        var context = _bundle.Request(snapshot, events: 12);
        var candidates = _bundle.Candidates(count);
        await ranker.RankAsync(context, candidates, CancellationToken.None);

        var encoder = SnapshotFeatures.EncoderFor(snapshot);
        float[] user = new float[encoder.UserWidth], cross = new float[count * encoder.CrossWidth];
        encoder.EncodeUser(context, user);
        encoder.EncodeCross(context, candidates, cross);
        for (int i = 0; i < count; i++)
        {
            int row = candidates.Rows[i];
            double logit = Dot(user, "user") + Dot(_bundle.ItemTable[row], "embedding") + Dot(_bundle.CategoryTable[_bundle.Catalog.Category!.Codes[row] + 1], "category")
                + Dot(encoder.ItemBlock[row], "item") + Dot(cross.AsSpan(i * encoder.CrossWidth, encoder.CrossWidth), "cross");
            Assert.Equal(1 / (1 + Math.Exp(-logit)), candidates.Scores[i], 4);
        }

        double Dot(ReadOnlySpan<float> values, string input)
        {
            double sum = 0;
            float[] weights = _bundle.Inputs.Single(w => w.Name == input).Weights;
            for (int i = 0; i < values.Length; i++) sum += values[i] * weights[i];
            return sum;
        }
    }

    [Fact]
    public async Task A_logged_request_keeps_the_bits_that_were_scored()
    {
        using var snapshot = _bundle.Snapshot();
        var ranker = new OnnxRanker(snapshot, "home", "home");
        var (context, candidates) = (_bundle.Request(snapshot, events: 12), _bundle.Candidates(30));
        var kept = new RankedFeatures();
        var logged = new RequestContext();
        logged.Begin(context.Request, snapshot, context.Time, context.Seed, context.Take, rankedFeatures: kept);
        for (int i = 0; i < context.History.Count; i++) logged.History.Add(context.History.Rows[i], context.History.Types[i], context.History.Times[i]);
        await ranker.RankAsync(logged, candidates, CancellationToken.None);

        var encoder = SnapshotFeatures.EncoderFor(snapshot);
        float[] user = new float[encoder.UserWidth], cross = new float[30 * encoder.CrossWidth];
        encoder.EncodeUser(context, user);
        encoder.EncodeCross(context, candidates, cross);
        Assert.Equal(encoder.Fitted.Fingerprint, kept.FeatureState);
        Assert.Equal(user.Select(BitConverter.SingleToInt32Bits), kept.User.ToArray().Select(BitConverter.SingleToInt32Bits));
        for (int i = 0; i < 30; i++)
            Assert.Equal(cross.AsSpan(i * encoder.CrossWidth, encoder.CrossWidth).ToArray().Select(BitConverter.SingleToInt32Bits), kept.CrossOf(candidates.Rows[i]).ToArray().Select(BitConverter.SingleToInt32Bits));
        Assert.Equal(0, Measure.AllocatedBytes(() => Rank(ranker, logged, candidates)));
    }

    [Fact]
    public async Task No_candidates_are_no_work_and_no_error()
    {
        using var snapshot = _bundle.Snapshot();
        await new OnnxRanker(snapshot, "home", "home").RankAsync(_bundle.Request(snapshot, 3), _bundle.Candidates(0), CancellationToken.None);
    }

    [Fact]
    public void Ranking_completes_synchronously_and_allocates_nothing_after_warm_up()
    {
        using var snapshot = _bundle.Snapshot();
        var ranker = new OnnxRanker(snapshot, "home", "home");
        var context = _bundle.Request(snapshot, 50);
        var candidates = _bundle.Candidates(300);
        Assert.Equal(0, Measure.AllocatedBytes(() => Rank(ranker, context, candidates)));
    }

    [Fact]
    public void Concurrent_requests_get_their_own_scores()
    {
        using var snapshot = _bundle.Snapshot();
        var ranker = new OnnxRanker(snapshot, "home", "home");
        float[] Scores(int i)
        {
            var candidates = _bundle.Candidates(20 + i);
            Rank(ranker, _bundle.Request(snapshot, i), candidates);
            return candidates.Scores.ToArray();
        }

        float[][] single = [.. Enumerable.Range(0, 20).Select(Scores)];
        Parallel.For(0, 200, i => Assert.Equal(single[i % 20], Scores(i % 20)));
    }

    [Fact]
    public void Placements_share_one_model()
    {
        using var snapshot = _bundle.Snapshot();
        _ = new OnnxRanker(snapshot, "home", "home");
        _ = new OnnxRanker(snapshot, "home", "cart");
        var model = OnnxModel.ForSnapshot(snapshot, "rankers/home", "test");
        Assert.Same(model, OnnxModel.ForSnapshot(snapshot, "rankers/home", "test"));
    }

    [Fact]
    public void A_missing_model_names_the_placement_the_model_and_those_there_are()
    {
        using var snapshot = _bundle.Snapshot();
        string message = Assert.Throws<InvalidOperationException>(() => new OnnxRanker(snapshot, "hoem", "front page")).Message;
        Assert.Equal("The ranker of placement 'front page' needs the model 'rankers/hoem', which bundle 'v7' doesn't have; its models: 'rankers/home'. Train and publish it, or name one of those.", message);
    }

    [Fact]
    public void A_model_of_another_feature_state_is_refused()
    {
        using var snapshot = _bundle.Snapshot(d => d with { Fingerprint = "0123" });
        string message = Assert.Throws<InvalidOperationException>(() => new OnnxRanker(snapshot, "home", "home")).Message;
        Assert.Contains("trained with the feature state '0123'; bundle 'v7' has", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_block_that_isnt_there_or_has_another_width_is_refused()
    {
        ModelDescription Change(ModelDescription d, string input, Func<ModelInput, ModelInput> change) => d with { Inputs = [.. d.Inputs.Select(i => i.Name == input ? change(i) : i)] };
        void Refused(string message, Func<ModelDescription, ModelDescription> change)
        {
            using var snapshot = _bundle.Snapshot(change);
            Assert.Contains(message, Assert.Throws<InvalidOperationException>(() => new OnnxRanker(snapshot, "home", "home")).Message, StringComparison.Ordinal);
        }

        Refused("takes the block 'other'", d => Change(d, "cross", i => i with { Block = "other" }));
        Refused("the item block has", d => Change(d, "cross", i => i with { Block = "item" }));
        Refused("no table is named", d => Change(d, "embedding", i => i with { Table = null }));
        Refused("tables/none.npy", d => Change(d, "embedding", i => i with { Table = "none" }));
        Refused("has the shape", d => Change(d, "embedding", i => i with { Width = 99 }));
    }

    [Fact]
    public void A_model_that_reads_the_history_itself_is_no_ranker()
    {
        TinyGraph.WriteWeightedSum(_bundle.Folder, "sequence.onnx", 50, 1);
        using var snapshot = _bundle.Snapshot(d => new ModelDescription(
            "sequence.onnx", [new("history", ModelInputKind.Gathered, 1, "item", Length: 50), new("weights", ModelInputKind.Weights, 50, "item")], "vector", d.Fingerprint));
        Assert.Contains("takes the items of a history one by one", Assert.Throws<InvalidOperationException>(() => new OnnxRanker(snapshot, "home", "home")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_with_several_outputs_a_candidate_is_no_ranker()
    {
        TinyGraph.Write(_bundle.Folder, "rankers/two.onnx", [new("embedding", RankerBundle.Dimension, new float[RankerBundle.Dimension * 2])], outputs: 2);
        using var snapshot = _bundle.Snapshot(d => d with { File = "rankers/two.onnx", Inputs = [.. d.Inputs.Where(i => i.Name == "embedding")] });
        Assert.Contains("has 2 values a candidate", Assert.Throws<InvalidOperationException>(() => new OnnxRanker(snapshot, "home", "home")).Message, StringComparison.Ordinal);
    }

    private static void Rank(OnnxRanker ranker, RequestContext context, CandidateTable candidates)
    {
        var ranking = ranker.RankAsync(context, candidates, CancellationToken.None);
        if (!ranking.IsCompletedSuccessfully) Assert.Fail("The ranker waits.");
    }
}
