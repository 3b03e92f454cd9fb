namespace LineRec.Tests.Exposures;

public class RankedFeaturesTests
{
    [Fact]
    public void The_last_record_counts_and_an_items_row_is_found()
    {
        var features = new RankedFeatures();
        features.Record("first", [1, 2, 3], [1f], [1f, 1f, 2f, 2f, 3f, 3f]);
        features.Record("second", [9, 4], [5f, 6f], [0.9f, 0.4f]);
        Assert.Equal(("second", 2, 2, 1), (features.FeatureState, features.Count, features.UserWidth, features.CrossWidth));
        Assert.Equal([5f, 6f], features.User);
        Assert.Equal([0.4f], features.CrossOf(4));
        Assert.True(features.CrossOf(3).IsEmpty); // of the record before
    }

    [Fact]
    public void What_is_cleared_is_gone()
    {
        var features = new RankedFeatures();
        features.Record("state", [1], [1f], [1f]);
        features.Clear();
        Assert.Null(features.FeatureState);
        Assert.True(features.User.IsEmpty && features.CrossOf(1).IsEmpty);
    }

    [Fact]
    public void Blocks_may_be_empty_but_not_of_another_number_of_rows()
    {
        var features = new RankedFeatures();
        features.Record("state", [1, 2], [], []);
        Assert.Equal((0, 0), (features.UserWidth, features.CrossWidth));
        features.Record("state", [], [1f], []);
        Assert.Equal(0, features.Count);
        Assert.Contains("3 values", Assert.Throws<ArgumentException>(() => features.Record("state", [1, 2], [], [1f, 2f, 3f])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => features.Record("state", [], [], [1f]));
    }
}
