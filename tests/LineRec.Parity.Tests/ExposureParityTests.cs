using LineRec.Features;
using LineRec.Training;

namespace LineRec.Parity.Tests;

/// <summary>What a host logged when it served, against the same requests replayed through the encoder; and a ranker that learns from the log alone.</summary>
public sealed class ExposureParityTests(TrainedShop shop) : IClassFixture<TrainedShop>
{
    [Fact]
    public void Features_logged_when_serving_are_the_bits_that_a_replay_gives()
    {
        using var served = new ServedLog(shop);
        var replayed = served.Replay();
        Assert.Equal(served.Slates.Select(s => s.AttributionId.ToString()), served.Exposures.Select(e => e.RequestId));
        Assert.Equal(replayed.RequestCount, served.Exposures.Count);
        int userWidth = replayed.Encoder!.UserWidth, crossWidth = replayed.Encoder.CrossWidth, slots = 0;
        for (int request = 0; request < served.Exposures.Count; request++)
        {
            var exposure = served.Exposures[request];
            Assert.Equal(replayed.Encoder.Fitted.Fingerprint, exposure.FeatureState);
            Assert.Equal(Bits(replayed.User.Slice(request * userWidth, userWidth)), Bits(exposure.UserFeatures));
            var rows = replayed.Rows[replayed.Offsets[request]..replayed.Offsets[request + 1]];
            for (int slot = 0; slot < exposure.Count; slot++, slots++)
            {
                Assert.True(shop.Snapshot.Catalog.TryGetRow(exposure.ItemIds[slot], out int row));
                int candidate = replayed.Offsets[request] + rows.IndexOf(row);
                Assert.Equal(Bits(replayed.Cross.Slice(candidate * crossWidth, crossWidth)), Bits(exposure.CrossFeatures.AsSpan(slot * crossWidth, crossWidth)));
                Assert.Equal(replayed.Origins[candidate], (ulong)exposure.Origins[slot]);
            }
        }

        Assert.Equal(served.Slates.Sum(s => s.Items.Count), slots);
    }

    [Fact]
    public void A_ranker_learns_from_the_log_what_users_click()
    {
        using var served = new ServedLog(shop);
        var encoder = SnapshotFeatures.EncoderFor(shop.Snapshot);
        var logged = LoggedExamples.Read(served.Exposures, served.Outcomes, encoder, shop.Snapshot.Catalog, itemEmbeddings: SnapshotFeatures.TableFor(shop.Snapshot, "item"));
        Assert.Equal((served.Exposures.Count, 0, 0, 0), (logged.Examples.GroupCount, logged.OtherFeatureState, logged.WithoutFeatures, logged.SlotsLeftOut));
        Assert.Equal(served.Outcomes.Count, logged.Examples.Labels.Sum());
        Assert.Equal(served.Exposures.Sum(e => e.Count), logged.Examples.Count);

        using var ranker = new RankerTrainer(new RankerOptions { HiddenWidths = [16, 8], Epochs = 8, UserVectorOffset = 0, Seed = 1 }).Train(logged.Examples);
        Assert.True(ranker.Report.HeldOut.Auc > 0.6, $"AUC {ranker.Report.HeldOut.Auc:0.000} on requests that it hasn't learnt from; by chance it would be 0.5, give or take 0.03.");
    }

    [Fact]
    public void What_cannot_be_learnt_from_is_left_out_and_counted()
    {
        using var served = new ServedLog(shop);
        var encoder = SnapshotFeatures.EncoderFor(shop.Snapshot);
        var (first, second, third) = (served.Exposures[0], served.Exposures[1], served.Exposures[2]);
        var fromFallback = new Data.Exposure
        {
            RequestId = third.RequestId, UnixMilliseconds = third.UnixMilliseconds, Placement = "home", UserId = third.UserId, BundleVersion = third.BundleVersion, FeatureState = third.FeatureState,
            ItemIds = [third.ItemIds[0], third.ItemIds[1], "unknown"], Scores = [3f, 2f, 1f], Sources = third.Sources, Origins = [third.Origins[0], 0, 1], UserFeatures = third.UserFeatures,
            CrossFeatures = [.. third.CrossFeatures![..encoder.CrossWidth], .. Enumerable.Repeat(float.NaN, encoder.CrossWidth), .. third.CrossFeatures[..encoder.CrossWidth]],
        };
        var logged = LoggedExamples.Read([WithState(first, "other"), WithState(second, null), fromFallback], served.Outcomes, encoder, shop.Snapshot.Catalog);
        Assert.Equal((1, 1, 2), (logged.OtherFeatureState, logged.WithoutFeatures, logged.SlotsLeftOut));
        Assert.Equal((1, 1), (logged.Examples.GroupCount, logged.Examples.Count));

        string message = Assert.Throws<ArgumentException>(() => LoggedExamples.Read([WithState(first, "other")], served.Outcomes, encoder, shop.Snapshot.Catalog)).Message;
        Assert.Contains(encoder.Fitted.Fingerprint, message, StringComparison.Ordinal);
        Assert.Contains("encoder of the bundle that answered", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => LoggedExamples.Read(served.Exposures, served.Outcomes, encoder, shop.Snapshot.Catalog, EventType.Favourite));
    }

    private static Data.Exposure WithState(Data.Exposure of, string? state) => new()
    {
        RequestId = of.RequestId, UnixMilliseconds = of.UnixMilliseconds, Placement = of.Placement, UserId = of.UserId, BundleVersion = of.BundleVersion, FeatureState = state,
        ItemIds = of.ItemIds, Scores = of.Scores, Sources = of.Sources, Origins = of.Origins, UserFeatures = state is null ? null : of.UserFeatures, CrossFeatures = state is null ? null : of.CrossFeatures,
    };

    private static IEnumerable<int> Bits(ReadOnlySpan<float> values) => values.ToArray().Select(BitConverter.SingleToInt32Bits);
}
