namespace LineRec.Features.Tests.Spec;

public class FeatureSpecJsonTests
{
    [Fact]
    public void What_a_spec_by_hand_leaves_out_has_its_default()
    {
        var spec = FeatureSpec.FromJson("""
            {
              // a comment
              "item": [
                { "kind": "counts" }, { "kind": "hash", "column": "brand", "buckets": 8 }, { "kind": "bag", "column": "tags" }, { "kind": "wilson-rate", "upper": true },
                { "kind": "number", "column": "price", "missing": "OwnBucket", "transform": { "kind": "bucket", "edges": [1, 2] } },
              ],
              "cross": [{ "kind": "session" }],
              "history": { "last": 7 }
            }
            """);
        Assert.Equal([EventType.Click, EventType.Cart, EventType.Purchase], ((CountsFeature)spec.Item[0]).Types);
        Assert.Equal(new HashFeature { Column = "brand", Buckets = 8 }, spec.Item[1]);
        Assert.Equal(new BagFeature { Column = "tags" }, spec.Item[2]);
        Assert.Equal(new WilsonRateFeature { Upper = true }, spec.Item[3]);
        var number = (NumberFeature)spec.Item[4];
        Assert.Equal(MissingNumber.OwnBucket, number.Missing);
        Assert.Equal([1.0, 2.0], ((BucketTransform)number.Transform!).Edges);
        Assert.Equal(new SessionFeature(), spec.Cross[0]);
        Assert.Empty(spec.User);
        Assert.Equal((7, "item", 1f), (spec.History.Last, spec.History.Table, spec.History.Decay));
        spec.History.Validate();
    }

    [Fact]
    public void A_written_spec_reads_back_to_the_same_text_and_fits_alike()
    {
        string json = TestShop.Everything.ToJson();
        var read = FeatureSpec.FromJson(json);
        Assert.Equal(json, read.ToJson());
        var shop = new TestShop(1);
        using FittedFeatures written = shop.Fit(), again = shop.Fit(read);
        Assert.Equal(written.Fingerprint, again.Fingerprint);
    }

    [Theory]
    [InlineData("[]", "is a JSON object")]
    [InlineData("{ \"item\": [{ \"kind\": \"count\" }] }", "count")]
    [InlineData("{ \"item\": [{ \"kind\": \"hash\" }] }", "column")]
    [InlineData("{ \"item\": [{ \"kind\": \"counts\", \"tipes\": [] }] }", "tipes")]
    [InlineData("{ \"item\": [{}] }", "isn't a feature spec")]
    [InlineData("{", "isn't a feature spec")]
    public void A_wrong_spec_is_refused_with_the_place(string json, string message) =>
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => FeatureSpec.FromJson(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_kind_has_its_defaults()
    {
        Type[] kinds = [.. typeof(FeatureSpec).Assembly.GetTypes().Where(t => !t.IsAbstract && (t.IsAssignableTo(typeof(UserFeature)) || t.IsAssignableTo(typeof(ItemFeature)) || t.IsAssignableTo(typeof(CrossFeature)) || t.IsAssignableTo(typeof(NumberTransform))))];
        Assert.Equal(kinds.Select(k => k.Name).Order(StringComparer.Ordinal), SpecDefaults.Prototypes.Select(p => p.GetType().Name).Order(StringComparer.Ordinal));
    }
}
