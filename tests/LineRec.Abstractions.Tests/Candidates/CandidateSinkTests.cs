using CsCheck;

namespace LineRec.Abstractions.Tests.Candidates;

public sealed class CandidateSinkTests
{
    [Fact]
    public void It_keeps_the_best_of_each_item_in_order_up_to_the_limit() =>
        Gen.Select(Gen.Select(Gen.Int[-2, 30], Gen.Frequency((9, Gen.Float[-2f, 2f]), (1, Gen.Const(float.NaN)))).Array[0, 200], Gen.Int[1, 40]).Sample((added, limit) =>
        {
            var sink = new CandidateSink(limit);
            foreach (var (row, score) in added) sink.Add(row, score);
            sink.Complete(catalogCount: 25);
            var expected = added.Where(a => a.Item1 is >= 0 and < 25)
                .GroupBy(a => a.Item1)
                .Select(g => (Row: g.Key, Score: g.Select(a => a.Item2).OrderBy(float.IsNaN).ThenByDescending(s => s).First()))
                .OrderBy(c => float.IsNaN(c.Score)).ThenByDescending(c => c.Score).ThenBy(c => c.Row).Take(limit).ToArray();
            Assert.Equal(expected.Select(e => e.Row), sink.Rows.ToArray());
            Assert.Equal(expected.Select(e => e.Score), sink.Scores.ToArray());
        });

    [Fact]
    public void Ids_that_the_catalog_lacks_are_left_out()
    {
        var sink = new CandidateSink(5);
        var catalog = new Catalog(["a", "b"], []);
        Assert.True(sink.Add(catalog, "b", 1f));
        Assert.False(sink.Add(catalog, "z", 1f));
        Assert.Equal([1], sink.Rows.ToArray());
    }

    [Fact]
    public void Rows_and_scores_of_different_length_are_refused() => Assert.Throws<ArgumentException>(() => new CandidateSink(5).Add([1, 2], [1f]));

    [Fact]
    public void A_limit_under_one_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new CandidateSink(0));
}
