using CsCheck;
using LineRec.Conformance;

namespace LineRec.Rerank.Tests.Slates;

public class CompositionTests
{
    private static readonly Func<ModelSnapshot, IReRanker>[][] Orders =
    [
        [SlateCase.NoAdjacent, SlateCase.Freshness, SlateCase.Campaigns],
        [SlateCase.NoAdjacent, SlateCase.Campaigns, SlateCase.Freshness],
        [SlateCase.Freshness, SlateCase.NoAdjacent, SlateCase.Campaigns],
        [SlateCase.Freshness, SlateCase.Campaigns, SlateCase.NoAdjacent],
        [SlateCase.Campaigns, SlateCase.NoAdjacent, SlateCase.Freshness],
        [SlateCase.Campaigns, SlateCase.Freshness, SlateCase.NoAdjacent],
    ];

    private static readonly Campaign Lift = new("lift", "promotion", TestRequests.Now, TestRequests.Now.AddDays(1), 3f, "category", ["a", "c"]);

    private static readonly Gen<(SlateCase Case, Func<ModelSnapshot, IReRanker>[] Order, bool Campaign)> Any =
        from count in Gen.Int[0, 60]
        from categories in Gen.OneOf("a", "a", "a", "a", "b", "c", null).Array[count]
        from isNew in Gen.Int[0, 5].Select(i => i == 0).Array[count]
        from take in Gen.Int[1, 25]
        from order in Gen.OneOf(Orders)
        from campaign in Gen.Bool
        select (new SlateCase(categories, isNew, take), order, campaign);

    [Fact]
    public void Whatever_the_order_of_the_rules_neighbours_differ_as_far_as_the_candidates_allow() => Any.Sample(c =>
    {
        int size = c.Case.Size;
        int[] slate = [.. (c.Case.Run(c.Campaign ? [Lift] : [], c.Order)).Take(size)];
        int unavoidable = c.Case.Categories.Where(x => x is not null).GroupBy(x => x)
            .Select(g => size - (2 * (c.Case.Categories.Length - g.Count())) - 1).Append(0).Max();
        Assert.Equal(unavoidable, c.Case.Clashes(slate));
    });

    [Fact]
    public void Whatever_the_order_of_the_rules_the_share_of_new_items_holds_while_new_and_others_come_in_many_categories() =>
        (from categories in Gen.OneOf("a", "a", "a", "b", "b", "c", "d").Array[60]
         from take in Gen.Int[5, 20]
         from order in Gen.OneOf(Orders)
         from campaign in Gen.Bool
         from shift in Gen.Int[0, 4]
         select (Case: new SlateCase([.. categories, "a", "b", "c", "d"], [.. Enumerable.Range(0, 60).Select(i => i % 5 == shift), true, true, false, false], take), order, campaign)).Sample(c =>
        {
            int[] slate = [.. (c.Case.Run(c.campaign ? [Lift] : [], c.order)).Take(c.Case.Size)];
            var bounds = FreshnessBounds.Of(0.05, 0.10, c.Case.Size);
            Assert.InRange(c.Case.NewIn(slate), bounds.Least, bounds.Most);
        });

    [Fact]
    public void A_new_item_that_freshness_brought_up_is_not_the_one_that_makes_room()
    {
        // Twenty of category a, the new one deep beneath and of category a too; others of category b follow.
        var c = SlateCase.Of(new string('a', 20) + "A" + new string('b', 12));
        int[] slate = [.. (c.Run(SlateCase.Freshness, SlateCase.NoAdjacent)).Take(20)];
        Assert.Contains(20, slate);
        Assert.Equal(0, c.Clashes(slate));
    }

    [Fact]
    public void A_new_item_of_another_category_comes_up_only_within_the_share()
    {
        // The best alternatives are new, too many of them: older ones from deeper take their places.
        var c = SlateCase.Of(new string('a', 20) + "BBBBBBBBBB" + new string('b', 12));
        int[] slate = [.. (c.Run(SlateCase.Freshness, SlateCase.NoAdjacent)).Take(20)];
        Assert.Equal(2, c.NewIn(slate));
        Assert.Equal(0, c.Clashes(slate));
    }

    [Fact]
    public void Sorting_by_campaigns_keeps_the_rules_that_were_set_before()
    {
        var c = SlateCase.Of("ababababbbbbaaaaaaaaaaaaaaaaaaaaaaaaaaB.....", take: 10);
        int[] slate = [.. (c.Run([Lift], SlateCase.NoAdjacent, SlateCase.Freshness, SlateCase.Campaigns)).Take(10)];
        Assert.Equal(0, c.Clashes(slate));
        Assert.Equal(1, c.NewIn(slate));
    }

    [Fact]
    public void The_three_rules_together_allocate_nothing_once_warm()
    {
        var c = SlateCase.Of("aaaaaaAabbbaaaaaaacaaaaBBBBBBBbbbbbb....cc");
        using var snapshot = new ModelSnapshot(c.Catalog) { Campaigns = [Lift] };
        IReRanker[] reRankers = [.. Orders[0].Select(make => make(snapshot))];
        var context = new RequestContext();
        var request = new RecommendationRequest { Placement = "home" };
        var table = new CandidateTable(["test"]);
        Assert.Equal(0, Measure.AllocatedBytes(() =>
        {
            context.Begin(request, snapshot, TestRequests.Now, 1, 20);
            table.Clear();
            for (int row = 0; row < c.Categories.Length; row++) table.Add(row, 1f / (1 + row), 1);
            foreach (var reRanker in reRankers) Measure.CompletedAtOnce(reRanker.ReRankAsync(context, table, CancellationToken.None));
        }));
    }
}
