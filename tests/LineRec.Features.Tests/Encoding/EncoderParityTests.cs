using CsCheck;
using LineRec.Conformance;

namespace LineRec.Features.Tests.Encoding;

public class EncoderParityTests
{
    [Fact]
    public void A_saved_and_loaded_encoder_gives_the_same_bits()
    {
        Gen.Select(Gen.Int[0, 10_000], Gen.Int[0, 60], Gen.Int[1, TestShop.ItemCount]).Sample((seed, events, count) =>
        {
            var shop = new TestShop(seed);
            using var trained = shop.Fit(seed: seed);
            string folder = Directory.CreateTempSubdirectory("linerec-features").FullName;
            try
            {
                trained.Save(folder);
                using var served = FittedFeatures.Load(folder);
                using FeatureEncoder training = shop.Encoder(trained), serving = shop.Encoder(served);
                var random = new Random(seed);
                var context = shop.Request(random, events);
                var candidates = shop.Candidates(random, count);

                Assert.Equal(trained.Fingerprint, served.Fingerprint);
                Assert.Equal(training.ItemNames, serving.ItemNames);
                AssertSameBits(TestShop.User(training, context), TestShop.User(serving, context));
                AssertSameBits(TestShop.Cross(training, context, candidates), TestShop.Cross(serving, context, candidates));
                for (int row = 0; row < shop.Catalog.Count; row++) AssertSameBits(training.ItemBlock[row].ToArray(), serving.ItemBlock[row].ToArray());
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }, iter: 30, threads: 1);
    }

    [Fact]
    public void An_encoder_gives_the_same_bits_whatever_it_encoded_before()
    {
        var shop = new TestShop(3);
        using var fitted = shop.Fit();
        using var used = shop.Encoder(fitted);
        Gen.Select(Gen.Int[0, 10_000], Gen.Int[0, 300], Gen.Int[1, TestShop.ItemCount]).Sample((seed, events, count) =>
        {
            var random = new Random(seed);
            var context = shop.Request(random, events, anchors: random.Next(3));
            var candidates = shop.Candidates(random, count);
            using var fresh = shop.Encoder(fitted);
            AssertSameBits(TestShop.User(fresh, context), TestShop.User(used, context));
            AssertSameBits(TestShop.Cross(fresh, context, candidates), TestShop.Cross(used, context, candidates));
        }, iter: 200, threads: 1);
    }

    [Fact]
    public void A_candidates_values_do_not_depend_on_the_order_of_the_candidates()
    {
        var shop = new TestShop(4);
        using var fitted = shop.Fit();
        using var encoder = shop.Encoder(fitted);
        Gen.Select(Gen.Int[0, 10_000], Gen.Int[1, TestShop.ItemCount]).Sample((seed, count) =>
        {
            var random = new Random(seed);
            var context = shop.Request(random, 50);
            var candidates = shop.Candidates(random, count);
            float[] before = TestShop.Cross(encoder, context, candidates);
            int[] order = [.. Enumerable.Range(0, count)];
            random.Shuffle(order);
            candidates.Reorder(order);
            float[] after = TestShop.Cross(encoder, context, candidates);
            for (int i = 0; i < count; i++)
                AssertSameBits(before.AsSpan(order[i] * encoder.CrossWidth, encoder.CrossWidth).ToArray(), after.AsSpan(i * encoder.CrossWidth, encoder.CrossWidth).ToArray());
        }, iter: 200, threads: 1);
    }

    [Fact]
    public void Concurrent_calls_give_the_same_bits_as_single_ones()
    {
        var shop = new TestShop(5);
        using var fitted = shop.Fit();
        using var encoder = shop.Encoder(fitted);
        var requests = Enumerable.Range(0, 40).Select(i => (Context: shop.Request(new Random(i), i * 3), Candidates: shop.Candidates(new Random(i), 1 + (i % 30)))).ToArray();
        float[][] single = [.. requests.Select(r => TestShop.Cross(encoder, r.Context, r.Candidates))];
        Parallel.For(0, 400, i => AssertSameBits(single[i % 40], TestShop.Cross(encoder, requests[i % 40].Context, requests[i % 40].Candidates)));
    }

    [Fact]
    public void Every_value_is_finite()
    {
        Gen.Select(Gen.Int[0, 10_000], Gen.Int[0, 40], Gen.Int[1, TestShop.ItemCount]).Sample((seed, events, count) =>
        {
            var shop = new TestShop(seed);
            using var fitted = shop.Fit(seed: seed, events: seed % 3 == 0 ? 0 : 500);
            using var encoder = shop.Encoder(fitted);
            var random = new Random(seed);
            var context = shop.Request(random, events);
            var candidates = shop.Candidates(random, count);
            candidates.SourceScores(0)[0] = float.PositiveInfinity;
            Assert.All(TestShop.User(encoder, context), v => Assert.True(float.IsFinite(v)));
            Assert.All(TestShop.Cross(encoder, context, candidates), v => Assert.True(float.IsFinite(v)));
            for (int row = 0; row < shop.Catalog.Count; row++) Assert.All(encoder.ItemBlock[row].ToArray(), v => Assert.True(float.IsFinite(v)));
        }, iter: 60, threads: 1);
    }

    [Fact]
    public void Encoding_allocates_nothing_after_warm_up()
    {
        var shop = new TestShop(6);
        using var fitted = shop.Fit();
        using var encoder = shop.Encoder(fitted);
        var random = new Random(6);
        var context = shop.Request(random, 200);
        var candidates = shop.Candidates(random, TestShop.ItemCount);
        float[] user = new float[encoder.UserWidth], cross = new float[candidates.Count * encoder.CrossWidth];
        Assert.Equal(0, Measure.AllocatedBytes(() =>
        {
            encoder.EncodeUser(context, user);
            encoder.EncodeCross(context, candidates, cross);
        }));
    }

    private static void AssertSameBits(float[] expected, float[] actual) =>
        Assert.Equal(expected.Select(BitConverter.SingleToInt32Bits), actual.Select(BitConverter.SingleToInt32Bits));
}
