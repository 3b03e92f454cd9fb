using CsCheck;

namespace LineRec.Rerank.Tests.Freshness;

public class FreshnessReRankerTests
{
    [Theory]
    [InlineData(20, 1, 2)]
    [InlineData(10, 1, 1)]
    [InlineData(5, 1, 1)]
    [InlineData(1, 1, 1)]
    [InlineData(40, 2, 4)]
    [InlineData(30, 2, 3)]
    [InlineData(0, 0, 0)]
    public void Five_to_ten_percent_round_to_whole_items(int size, int least, int most)
    {
        var bounds = FreshnessBounds.Of(0.05, 0.10, size);
        Assert.Equal((least, most), (bounds.Least, bounds.Most));
    }

    [Fact]
    public void A_share_of_nothing_allows_nothing_new() => Assert.Equal(new FreshnessBounds(0, 0), FreshnessBounds.Of(0, 0, 20));

    [Fact]
    public void The_best_new_item_comes_up_in_place_of_the_last_other()
    {
        int[] rows = SlateCase.Of(new string('.', 22) + "!..!").Run(SlateCase.Freshness);
        Assert.Equal([.. Enumerable.Range(0, 19), 22], rows.Take(20));
        Assert.Equal([19, 20, 21, 23, 24, 25], rows.Skip(20));
    }

    [Fact]
    public void The_last_surplus_new_items_make_room_for_the_best_others()
    {
        int[] rows = SlateCase.Of("!.!..!............!......").Run(SlateCase.Freshness);
        Assert.Equal([.. Enumerable.Range(0, 22).Except([5, 18])], rows.Take(20));
    }

    [Fact]
    public void Without_new_candidates_nothing_changes() =>
        Assert.Equal(Enumerable.Range(0, 30), SlateCase.Of(new string('.', 30)).Run(SlateCase.Freshness));

    [Fact]
    public void With_nothing_but_new_candidates_nothing_changes() =>
        Assert.Equal(Enumerable.Range(0, 30), SlateCase.Of(new string('!', 30)).Run(SlateCase.Freshness));

    [Fact]
    public void The_share_holds_as_far_as_the_candidates_allow_with_the_best_of_each_kind_in_order() =>
        (from isNew in Gen.Bool.Array[0, 40]
         from take in Gen.Int[1, 40]
         from min in Gen.Double[0, 1]
         from max in Gen.Double[min, 1]
         select (Case: new SlateCase(new string?[isNew.Length], isNew, take), min, max)).Sample(c =>
        {
            int size = c.Case.Size;
            int[] slate = [.. (c.Case.Run(s => new FreshnessReRanker(s.Catalog, c.min, c.max))).Take(size)];
            int[] newOnes = [.. Enumerable.Range(0, c.Case.IsNew.Length).Where(i => c.Case.IsNew[i])], others = [.. Enumerable.Range(0, c.Case.IsNew.Length).Except(newOnes)];
            var bounds = FreshnessBounds.Of(c.min, c.max, size);
            int[] possible = [.. Enumerable.Range(0, size + 1).Where(f => f <= newOnes.Length && size - f <= others.Length)];
            int before = c.Case.NewIn(Enumerable.Range(0, size));
            int Outside(int f) => Math.Max(bounds.Least - f, 0) + Math.Max(f - bounds.Most, 0);
            int expected = possible.OrderBy(Outside).ThenBy(f => Math.Abs(f - before)).FirstOrDefault();
            Assert.Equal(expected, c.Case.NewIn(slate));
            Assert.Equal(newOnes.Take(expected).Concat(others.Take(size - expected)).Order(), slate);
        });
}
