namespace LineRec.Conformance;

/// <summary>What every re-ranker must do. Derive it and say how to make the re-ranker and what it does with one known list.</summary>
public abstract class ReRankerConformance
{
    /// <summary>A snapshot of a few items for which <see cref="Expected"/> is known by hand.</summary>
    protected abstract ModelSnapshot CreateSnapshot();

    /// <summary>Makes the re-ranker, as the pipeline does when it is linked.</summary>
    protected abstract IReRanker Create(ModelSnapshot snapshot);

    /// <summary>The known list: items with their scores, and the slate's size.</summary>
    protected abstract (int Take, (string ItemId, float Score)[] Candidates) Known { get; }

    /// <summary>The slate of the known list.</summary>
    protected abstract string[] Expected { get; }

    /// <summary>Whether a call allocates nothing once warm.</summary>
    protected virtual bool AllocatesNothing => true;

    [Fact]
    public async Task A_known_list_gets_the_known_order()
    {
        using var snapshot = CreateSnapshot();
        var table = KnownTable(snapshot);
        await Create(snapshot).ReRankAsync(TestRequests.Begin(snapshot, take: Known.Take), table, CancellationToken.None);
        Assert.Equal(Expected, table.Rows[..Math.Min(Known.Take, table.Count)].ToArray().Select(snapshot.Catalog.IdOf));
    }

    [Fact]
    public async Task A_slate_never_gets_shorter_and_no_item_comes_twice_or_from_nowhere()
    {
        using var snapshot = CreateSnapshot();
        var reRanker = Create(snapshot);
        for (int seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            int[] rows = [.. Enumerable.Range(0, snapshot.Catalog.Count).Where(_ => random.Next(3) > 0)];
            var table = TestRequests.Table([.. rows.Select(row => (row, random.Next(20) == 0 ? float.NaN : (float)random.NextDouble() - 0.5f))]);
            int take = random.Next(1, snapshot.Catalog.Count + 3);
            await reRanker.ReRankAsync(TestRequests.Begin(snapshot, take: take), table, CancellationToken.None);
            int[] slate = table.Rows.ToArray();
            Assert.True(slate.Length >= Math.Min(take, rows.Length));
            Assert.Equal(slate.Length, slate.Distinct().Count());
            Assert.Empty(slate.Except(rows));
        }
    }

    [Fact]
    public async Task Without_candidates_there_is_nothing_to_do()
    {
        using var snapshot = CreateSnapshot();
        var table = TestRequests.Table();
        await Create(snapshot).ReRankAsync(TestRequests.Begin(snapshot), table, CancellationToken.None);
        Assert.Equal(0, table.Count);
    }

    [Fact]
    public async Task A_cancelled_call_ends_as_cancelled()
    {
        using var snapshot = CreateSnapshot();
        var reRanker = Create(snapshot);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await reRanker.ReRankAsync(TestRequests.Begin(snapshot), KnownTable(snapshot), new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task A_hundred_callers_at_once_get_the_same_order()
    {
        using var snapshot = CreateSnapshot();
        var reRanker = Create(snapshot);
        async Task<string> Run()
        {
            var table = KnownTable(snapshot);
            await reRanker.ReRankAsync(TestRequests.Begin(snapshot, take: Known.Take), table, CancellationToken.None);
            return string.Join(",", table.Rows.ToArray());
        }

        string alone = await Run();
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(Run))), order => Assert.Equal(alone, order));
    }

    [Fact]
    public void A_warm_call_allocates_nothing()
    {
        if (!AllocatesNothing) return;
        using var snapshot = CreateSnapshot();
        var reRanker = Create(snapshot);
        var table = new CandidateTable(["test"]);
        (int Row, float Score)[] candidates = [.. Known.Candidates.Select(c => (Row(snapshot, c.ItemId), c.Score))];
        int take = Known.Take;
        var context = new RequestContext();
        var request = new RecommendationRequest { Placement = "home", UserId = "u" };
        Assert.Equal(0, Measure.AllocatedBytes(() =>
        {
            context.Begin(request, snapshot, TestRequests.Now, 1, take);
            table.Clear();
            foreach (var (row, score) in candidates) table.Add(row, score, 1);
            table.Sort();
            Measure.CompletedAtOnce(reRanker.ReRankAsync(context, table, CancellationToken.None));
        }));
    }

    private static int Row(ModelSnapshot snapshot, string id)
    {
        Assert.True(snapshot.Catalog.TryGetRow(id, out int row), id);
        return row;
    }

    private CandidateTable KnownTable(ModelSnapshot snapshot) => TestRequests.Table([.. Known.Candidates.Select(c => (Row(snapshot, c.ItemId), c.Score))]);
}
