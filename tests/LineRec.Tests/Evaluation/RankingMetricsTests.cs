using CsCheck;

namespace LineRec.Tests.Evaluation;

public sealed class RankingMetricsTests
{
    private const double Tolerance = 1e-12;

    [Fact]
    public void Metrics_equal_those_computed_by_hand()
    {
        int[] ranked = [7, 3, 9, 1, 5], targets = [3, 1, 8];
        Assert.Equal(2 / 3.0, RankingMetrics.Recall(ranked, targets), Tolerance);
        Assert.Equal(1 / 3.0, RankingMetrics.Recall(ranked, targets, k: 3), Tolerance);
        double log2Of3 = Math.Log2(3), gain = (1 / log2Of3) + (1 / Math.Log2(5)), ideal = 1 + (1 / log2Of3) + (1 / 2.0);
        Assert.Equal(gain / ideal, RankingMetrics.Ndcg(ranked, targets), Tolerance);
        Assert.Equal((1 / log2Of3) / (1 + (1 / log2Of3)), RankingMetrics.Ndcg(ranked, targets, k: 2), Tolerance);
        Assert.Equal(1, RankingMetrics.HitRate(ranked, targets, k: 2));
        Assert.Equal(0, RankingMetrics.HitRate(ranked, targets, k: 1));
        Assert.Equal(0.5, RankingMetrics.ReciprocalRank(ranked, targets), Tolerance);
        Assert.Equal(0, RankingMetrics.ReciprocalRank(ranked, targets, k: 1));
    }

    [Fact]
    public void Recall_divides_by_all_targets_even_when_k_cannot_hold_them() =>
        Assert.Equal(2 / 4.0, RankingMetrics.Recall([1, 2, 3], [1, 2, 3, 4], k: 2), Tolerance);

    [Fact]
    public void The_ideal_of_ndcg_holds_no_more_than_k_targets() =>
        Assert.Equal(1, RankingMetrics.Ndcg([1, 2], [1, 2, 3, 4], k: 2), Tolerance);

    [Fact]
    public void Targets_that_the_catalog_lacks_count_as_missed()
    {
        Assert.Equal(1 / 2.0, RankingMetrics.Recall([1], [1], unknownTargets: 1), Tolerance);
        Assert.Equal(1 / (1 + (1 / Math.Log2(3))), RankingMetrics.Ndcg([1], [1], unknownTargets: 1), Tolerance);
        Assert.Equal(0, RankingMetrics.HitRate([1], [], unknownTargets: 1));
    }

    [Fact]
    public void A_row_shown_twice_is_one_hit() => Assert.Equal(1 / 2.0, RankingMetrics.Recall([4, 4, 4], [4, 5]), Tolerance);

    [Fact]
    public void An_empty_list_misses_everything()
    {
        Assert.Equal(0, RankingMetrics.Recall([], [1]));
        Assert.Equal(0, RankingMetrics.Ndcg([], [1]));
        Assert.Equal(0, RankingMetrics.ReciprocalRank([], [1]));
    }

    [Fact]
    public void Without_a_target_or_with_k_of_zero_there_is_no_quality()
    {
        Assert.Contains("without targets", Assert.Throws<ArgumentException>(() => RankingMetrics.Recall([1], [])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => RankingMetrics.Ndcg([1], [1], k: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => RankingMetrics.HitRate([1], [1], unknownTargets: -1));
    }

    [Fact]
    public void Metrics_are_between_0_and_1_and_agree_on_whether_there_is_a_hit() =>
        Gen.Select(Gen.Int[0, 30].Array[0, 25], Gen.Int[0, 30].HashSet[1, 10], Gen.Int[1, 25]).Sample((ranked, targets, k) =>
        {
            int[] wanted = [.. targets];
            double recall = RankingMetrics.Recall(ranked, wanted, k), ndcg = RankingMetrics.Ndcg(ranked, wanted, k), hit = RankingMetrics.HitRate(ranked, wanted, k);
            double expected = ranked.Take(k).Distinct().Count(targets.Contains) / (double)wanted.Length;
            Assert.Equal(expected, recall, Tolerance);
            Assert.InRange(ndcg, 0, 1 + Tolerance);
            Assert.Equal(recall > 0, hit == 1);
            Assert.Equal(recall > 0, ndcg > 0);
            Assert.Equal(recall > 0, RankingMetrics.ReciprocalRank(ranked, wanted, k) > 0);
        });
}
