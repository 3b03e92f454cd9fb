namespace LineRec.Tests.Evaluation;

public sealed class ListStatisticsTests
{
    [Fact]
    public void Coverage_counts_each_item_once()
    {
        var coverage = new CatalogCoverage(8);
        coverage.Add([1, 2]);
        coverage.Add([2, 7]);
        coverage.Add([]);
        Assert.Equal(3, coverage.DistinctItems);
        Assert.Equal(3 / 8.0, coverage.Value);
    }

    [Fact]
    public void Novelty_is_the_mean_self_information_with_one_event_added_to_each_item()
    {
        // Shares (3 + 1) / 8, (2 + 1) / 8, (0 + 1) / 8: 1 bit, log2(8/3) bits, 3 bits.
        var novelty = new Novelty([3, 2, 0]);
        novelty.Add([0]);
        Assert.Equal(1, novelty.Value, 12);
        novelty.Add([1, 2]);
        Assert.Equal((1 + Math.Log2(8 / 3.0) + 3) / 3, novelty.Value, 12);
    }

    [Fact]
    public void Diversity_is_the_share_of_pairs_that_differ_and_a_missing_value_is_like_no_other()
    {
        var diversity = new IntraListDiversity(TextColumn.Encode("category", ["a", "a", "b", null, null]));
        diversity.Add([0, 1, 2]);
        Assert.Equal(2 / 3.0, diversity.Value, 12);
        diversity.Add([3, 4]);
        Assert.Equal((2 / 3.0 + 1) / 2, diversity.Value, 12);
        diversity.Add([0]);
        diversity.Add([]);
        Assert.Equal((2 / 3.0 + 1) / 2, diversity.Value, 12);
    }

    [Fact]
    public void Without_lists_novelty_and_diversity_are_unknown()
    {
        Assert.Equal(double.NaN, new Novelty([1]).Value);
        Assert.Equal(double.NaN, new IntraListDiversity(TextColumn.Encode("c", ["a"])).Value);
    }

    [Fact]
    public void Popularity_counts_one_type_and_skips_unknown_items()
    {
        var events = new InteractionTable(["u"], [0, 4], [0, 1, 1, -1], [EventType.Click, EventType.Purchase, EventType.Purchase, EventType.Purchase], [1, 2, 3, 4]);
        Assert.Equal([0, 2, 0], ItemPopularity.Count(events, 3, EventType.Purchase));
    }
}
