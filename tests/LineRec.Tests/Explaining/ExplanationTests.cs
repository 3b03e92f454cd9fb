namespace LineRec.Tests.Explaining;

public sealed class ExplanationTests
{
    [Fact]
    public async Task It_tells_for_every_candidate_who_proposed_it_and_where_it_fell_out()
    {
        using var recommender = TestShop.Build(p => p
            .Retrieve(r => r.Use("a", 5, TestShop.Rows(1, 2, 9)).Use("b", 5, TestShop.Rows(2, 3)))
            .Filter(f => f.InStock())
            .Rank(r => r.Use("r", (_, c, _) =>
            {
                for (int i = 0; i < c.Count; i++) c.Scores[i] = -c.Rows[i];
                return default;
            }).Take(2)));
        var explanation = await recommender.ExplainAsync(TestShop.Request(1));

        var shown = explanation.Candidates[0];
        Assert.Equal((TestShop.Id(1), 1), (shown.ItemId, shown.SlatePosition));
        Assert.Null(shown.FellOutAt);
        Assert.Equal(["merge", "in-stock", "r", "take"], shown.Steps.Select(s => s.Component));

        Assert.Equal([new SourceScore("a", 0.5f, 2), new SourceScore("b", 1f, 1)], explanation.Find(TestShop.Id(2))!.Sources);
        Assert.Equal("take", explanation.Find(TestShop.Id(2))!.FellOutAt!.Component);
        Assert.Equal("r", explanation.Find(TestShop.Id(3))!.FellOutAt!.Component);
        Assert.Equal("in-stock", explanation.Find(TestShop.Id(9))!.FellOutAt!.Component);
        Assert.Null(explanation.Find(TestShop.Id(20)));
    }

    [Fact]
    public async Task An_item_from_the_fallback_is_explained_as_such()
    {
        using var recommender = TestShop.Build(p => p.Retrieve(r => r.Use("a", 5, TestShop.Rows(1))).FallBackTo("charts"), more: b => b.AddPlacement("charts", p => p.Retrieve(r => r.Use("c", 5, TestShop.Rows(7)))));
        var explanation = await recommender.ExplainAsync(TestShop.Request(2));
        Assert.Equal("fallback", Assert.Single(explanation.Find(TestShop.Id(7))!.Steps).Component);
        Assert.Equal(2, explanation.Find(TestShop.Id(7))!.SlatePosition);
    }
}
