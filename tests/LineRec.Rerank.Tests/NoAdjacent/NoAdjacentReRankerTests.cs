using CsCheck;

namespace LineRec.Rerank.Tests.NoAdjacent;

public class NoAdjacentReRankerTests
{
    /// <summary>Lists short enough to try every slate.</summary>
    private static readonly Gen<SlateCase> Short =
        from categories in Gen.OneOf("a", "a", "b", "c", null).Array[0, 7]
        from take in Gen.Int[1, 8]
        select new SlateCase(categories, [], take);

    [Theory]
    [InlineData("abab", 4, "0123")] // nothing to do
    [InlineData("aabb", 4, "0213")] // the next that differs comes up
    [InlineData("bbaaa", 5, "20314")] // b first would strand two a: the majority comes first
    [InlineData("aaab", 2, "03")] // the second a gives way to the best other
    [InlineData("aaaab", 4, "0412")] // one other for three gaps: the clash that is left is at the end
    [InlineData("aaaa", 3, "012")] // no other at all
    [InlineData("....", 3, "012")] // items without a category clash with nothing
    [InlineData("aa.a", 4, "0213")]
    [InlineData("", 3, "")]
    [InlineData("aaab", 9, "0312")] // take over the count
    public void Known_lists_get_known_slates(string letters, int take, string expected)
    {
        int[] rows = SlateCase.Of(letters, take).Run(SlateCase.NoAdjacent);
        Assert.Equal(expected, string.Concat(rows.Take(take)));
    }

    [Fact]
    public void A_slate_has_as_few_clashes_as_any_and_changes_as_few_members_as_that_takes() => Short.Sample(c =>
    {
        int[] slate = [.. (c.Run(SlateCase.NoAdjacent)).Take(c.Size)];
        var best = AllSlates(c).Min(s => (Clashes: c.Clashes(s), Pulled: s.Count(row => row >= c.Size)));
        Assert.Equal(best, (c.Clashes(slate), slate.Count(row => row >= c.Size)));
    });

    [Fact]
    public void Of_the_slates_with_the_same_members_it_is_the_first_in_order_of_rank() => Short.Sample(c =>
    {
        int[] slate = [.. (c.Run(SlateCase.NoAdjacent)).Take(c.Size)];
        if (c.Clashes(slate) > 0) return; // where clashes stay, they are put last instead
        int[] first = AllSlates(c).Where(s => s.Order().SequenceEqual(slate.Order()) && c.Clashes(s) == 0).MinBy(s => string.Concat(s)) ?? [];
        Assert.Equal(first, slate);
    });

    [Fact]
    public void Running_it_again_changes_nothing()
    {
        var c = SlateCase.Of("aaabbbaacaaabcdd..", take: 12);
        Assert.Equal(c.Run(SlateCase.NoAdjacent), c.Run(SlateCase.NoAdjacent, SlateCase.NoAdjacent));
    }

    [Fact]
    public void Items_of_equal_category_keep_their_order()
    {
        var c = SlateCase.Of("aabbaabbaabb", take: 12);
        int[] rows = c.Run(SlateCase.NoAdjacent);
        foreach (string category in new[] { "a", "b" })
        {
            int[] own = [.. rows.Where(row => c.Categories[row] == category)];
            Assert.Equal(own.Order(), own);
        }
    }

    [Fact]
    public void What_is_beneath_the_slate_stays_in_the_order_of_the_ranking()
    {
        int[] rows = SlateCase.Of("aaaabbcc", take: 4).Run(SlateCase.NoAdjacent);
        Assert.Equal(rows.Skip(4).Order(), rows.Skip(4));
    }

    [Fact]
    public void No_alternative_comes_from_deeper_than_the_limit()
    {
        var c = SlateCase.Of("aaaaaab", take: 3);
        Assert.Equal([0, 6, 1], (c.Run(SlateCase.NoAdjacent)).Take(3));
        Assert.Equal([0, 1, 2], (c.Run(s => new NoAdjacentReRanker(s.Catalog.Category!, new NoAdjacentOptions { MaxDepth = 6 }))).Take(3));
    }

    /// <summary>Every ordered slate of a short list.</summary>
    private static IEnumerable<int[]> AllSlates(SlateCase c)
    {
        IEnumerable<int[]> slates = [[]];
        for (int place = 0; place < c.Size; place++)
            slates = slates.SelectMany(s => Enumerable.Range(0, c.Categories.Length).Except(s).Select(row => (int[])[.. s, row]));
        return slates;
    }
}
