namespace LineRec.Features.Tests.Capture;

public class FeatureCaptureTests
{
    [Fact]
    public async Task Every_request_leaves_what_the_encoder_says_and_scores_stay()
    {
        var shop = new TestShop(1);
        using var fitted = shop.Fit();
        using var encoder = shop.Encoder(fitted);
        var captured = new CapturedFeatures();
        var capture = new FeatureCapture(encoder, captured);
        var requests = Enumerable.Range(0, 5).Select(i => (Context: shop.Request(new Random(i), 20 * i), Candidates: shop.Candidates(new Random(i), 3 + i))).ToArray();
        foreach (var (context, candidates) in requests)
        {
            float[] scores = candidates.Scores.ToArray();
            await capture.RankAsync(context, candidates, CancellationToken.None);
            Assert.Equal(scores, candidates.Scores.ToArray());
        }

        Assert.Equal((5, 25), (captured.RequestCount, captured.CandidateCount));
        Assert.Equal([0, 3, 7, 12, 18, 25], captured.Offsets.ToArray());
        Assert.Equal(requests.SelectMany(r => TestShop.User(encoder, r.Context)), captured.User.ToArray());
        Assert.Equal(requests.SelectMany(r => TestShop.Cross(encoder, r.Context, r.Candidates)), captured.Cross.ToArray());
        Assert.Equal(requests.SelectMany(r => r.Candidates.Rows.ToArray()), captured.Rows.ToArray());
        Assert.Equal(requests.SelectMany(r => r.Candidates.Origins.ToArray()), captured.Origins.ToArray());
        Assert.Equal(requests[2].Context.UnixMilliseconds, captured.Times[2]);
        using NpyMatrix<float> user = captured.ToUserMatrix()!, cross = captured.ToCrossMatrix()!;
        Assert.Equal((5, encoder.UserWidth, 25, encoder.CrossWidth), (user.Rows, user.Columns, cross.Rows, cross.Columns));
        Assert.Equal(TestShop.User(encoder, requests[3].Context), user[3].ToArray());
        Assert.Null(new CapturedFeatures().ToCrossMatrix());
    }

    [Fact]
    public async Task A_selector_keeps_some_candidates_whose_ranks_are_among_all()
    {
        var shop = new TestShop(1);
        using var fitted = shop.Fit();
        using var encoder = shop.Encoder(fitted);
        var captured = new CapturedFeatures();
        var candidates = shop.Candidates(new Random(1), 10);
        var context = shop.Request(new Random(1), 5);
        float[] all = TestShop.Cross(encoder, context, candidates);
        await new FeatureCapture(encoder, captured, (_, _, kept) =>
        {
            kept[0] = 7;
            return 1;
        }).RankAsync(context, candidates, CancellationToken.None);
        await new FeatureCapture(encoder, captured, (_, _, _) => 0).RankAsync(context, candidates, CancellationToken.None);
        Assert.Equal(1, captured.RequestCount);
        Assert.Equal(all.AsSpan(7 * encoder.CrossWidth, encoder.CrossWidth).ToArray(), captured.Cross.ToArray());
        var broken = new FeatureCapture(encoder, captured, (_, _, kept) =>
        {
            kept[0] = 10;
            return 1;
        });
        Assert.Contains("kept candidate 10", (await Assert.ThrowsAsync<InvalidOperationException>(async () => await broken.RankAsync(context, candidates, CancellationToken.None))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logged_slots_reach_the_position_feature()
    {
        var shop = new TestShop(1);
        using var fitted = shop.Fit(FeatureSpec.Create(s => s.Cross(c => c.Position())));
        using var encoder = shop.Encoder(fitted);
        var captured = new CapturedFeatures();
        await new FeatureCapture(encoder, captured, positions: (_, candidates, slots) =>
        {
            for (int i = 0; i < candidates.Count; i++) slots[i] = i + 1;
        }).RankAsync(shop.Request(), shop.Candidates(new Random(1), 2), CancellationToken.None);
        Assert.Equal([0f, 1f, MathF.Log(2f), 0.5f], captured.Cross.ToArray());
    }

    [Fact]
    public async Task Features_that_were_logged_elsewhere_are_the_same_record()
    {
        var shop = new TestShop(1);
        using var fitted = shop.Fit();
        using var encoder = shop.Encoder(fitted);
        var (captured, added) = (new CapturedFeatures(), new CapturedFeatures(encoder));
        for (int i = 1; i < 4; i++)
        {
            var (context, candidates) = (shop.Request(new Random(i), 20 * i), shop.Candidates(new Random(i), 3 + i));
            int[] slots = [.. Enumerable.Range(1, candidates.Count)];
            await new FeatureCapture(encoder, captured, positions: (_, _, positions) => slots.CopyTo(positions)).RankAsync(context, candidates, CancellationToken.None);

            float[] cross = TestShop.Cross(encoder, context, candidates); // as serving encodes: without slots
            encoder.SetPositions(cross, slots);
            added.Add(context.Request.UserId, context.UnixMilliseconds, TestShop.User(encoder, context), candidates.Rows, candidates.Origins, candidates.Scores, cross);
        }

        Assert.Equal((captured.RequestCount, captured.CandidateCount), (added.RequestCount, added.CandidateCount));
        Assert.Equal(captured.Offsets, added.Offsets);
        Assert.Equal(captured.Rows, added.Rows);
        Assert.Equal(captured.Origins, added.Origins);
        Assert.Equal(captured.Times, added.Times);
        Assert.Equal(captured.User.ToArray().Select(BitConverter.SingleToInt32Bits), added.User.ToArray().Select(BitConverter.SingleToInt32Bits));
        Assert.Equal(captured.Cross.ToArray().Select(BitConverter.SingleToInt32Bits), added.Cross.ToArray().Select(BitConverter.SingleToInt32Bits));
    }

    [Fact]
    public void Features_of_another_size_are_refused()
    {
        var shop = new TestShop(1);
        using var fitted = shop.Fit();
        using var encoder = shop.Encoder(fitted);
        var captured = new CapturedFeatures(encoder);
        float[] user = new float[encoder.UserWidth], cross = new float[encoder.CrossWidth];
        Assert.Contains("user block has 1 values", Assert.Throws<ArgumentException>(() => captured.Add(null, 0, [1f], [0], [0], [0f], cross)).Message, StringComparison.Ordinal);
        Assert.Contains("cross block", Assert.Throws<ArgumentException>(() => captured.Add(null, 0, user, [0, 1], [0, 0], [0f, 0f], cross)).Message, StringComparison.Ordinal);
        Assert.Contains("scores", Assert.Throws<ArgumentException>(() => captured.Add(null, 0, user, [0], [0], [], cross)).Message, StringComparison.Ordinal);
        Assert.Contains("without candidates", Assert.Throws<ArgumentException>(() => captured.Add(null, 0, user, [], [], [], [])).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => new CapturedFeatures().Add(null, 0, user, [0], [0], [0f], cross));
        Assert.Throws<ArgumentException>(() => encoder.SetPositions(cross, [1, 2]));
        Assert.Equal(0, captured.RequestCount);
    }

    [Fact]
    public void A_record_of_one_feature_state_takes_no_other()
    {
        var shop = new TestShop(1);
        using var first = shop.Fit(seed: 1);
        using var second = shop.Fit(seed: 2);
        using FeatureEncoder a = shop.Encoder(first), b = shop.Encoder(second);
        var captured = new CapturedFeatures();
        _ = new FeatureCapture(a, captured);
        Assert.Contains(second.Fingerprint, Assert.Throws<InvalidOperationException>(() => new FeatureCapture(b, captured)).Message, StringComparison.Ordinal);
    }
}
