namespace LineRec.Conformance;

/// <summary>What every ranker must do. Derive it and say how to make the ranker and what it scores for one known user.</summary>
public abstract class RankerConformance
{
    /// <summary>A snapshot of a few items for which <see cref="Expected"/> is known.</summary>
    protected abstract ModelSnapshot CreateSnapshot();

    /// <summary>Makes the ranker, as the pipeline does when it is linked.</summary>
    protected abstract IRanker Create(ModelSnapshot snapshot);

    /// <summary>Gives a started request the known user's history.</summary>
    protected abstract void Describe(RequestContext context);

    /// <summary>The known user's scores of some items.</summary>
    protected abstract (string ItemId, float Score)[] Expected { get; }

    /// <summary>How much a score may differ from the expected one, and between orders of the candidates.</summary>
    protected virtual float Tolerance => 1e-5f;

    /// <summary>Whether a call allocates nothing once warm.</summary>
    protected virtual bool AllocatesNothing => true;

    /// <summary>Makes a table of candidates with their retrieval scores; override where the ranker needs certain sources.</summary>
    protected virtual CandidateTable Table(params (int Row, float Score)[] candidates) => TestRequests.Table(candidates);

    [Fact]
    public async Task Known_items_get_known_scores()
    {
        using var snapshot = CreateSnapshot();
        var scores = await Rank(Create(snapshot), snapshot, [.. Expected.Select(e => Row(snapshot, e.ItemId))]);
        foreach (var (id, score) in Expected) Assert.InRange(scores[Row(snapshot, id)], score - Tolerance, score + Tolerance);
    }

    [Fact]
    public async Task The_order_of_the_candidates_does_not_matter()
    {
        using var snapshot = CreateSnapshot();
        var ranker = Create(snapshot);
        int[] rows = [.. Enumerable.Range(0, snapshot.Catalog.Count)];
        var forward = await Rank(ranker, snapshot, rows);
        var alone = await Rank(ranker, snapshot, rows[^1..]);
        Assert.InRange(alone[rows[^1]], forward[rows[^1]] - Tolerance, forward[rows[^1]] + Tolerance);
        var backward = await Rank(ranker, snapshot, [.. rows.Reverse()]);
        foreach (int row in rows) Assert.InRange(backward[row], forward[row] - Tolerance, forward[row] + Tolerance);
    }

    [Fact]
    public async Task It_changes_scores_and_nothing_else()
    {
        using var snapshot = CreateSnapshot();
        var table = Candidates(snapshot, [.. Enumerable.Range(0, snapshot.Catalog.Count)]);
        int[] before = table.Rows.ToArray();
        float[] retrieved = table.SourceScores(0).ToArray();
        await Create(snapshot).RankAsync(TestRequests.Begin(snapshot, Describe), table, CancellationToken.None);
        Assert.Equal(before, table.Rows.ToArray());
        Assert.Equal(retrieved, table.SourceScores(0).ToArray());
        Assert.Equal(0, table.RemovedCount);
    }

    [Fact]
    public async Task Without_candidates_there_is_nothing_to_do()
    {
        using var snapshot = CreateSnapshot();
        Assert.Empty(await Rank(Create(snapshot), snapshot, []));
    }

    [Fact]
    public async Task A_user_without_history_gets_scores_that_are_not_infinite()
    {
        using var snapshot = CreateSnapshot();
        var table = Candidates(snapshot, [.. Enumerable.Range(0, snapshot.Catalog.Count)]);
        await Create(snapshot).RankAsync(TestRequests.Begin(snapshot), table, CancellationToken.None);
        Assert.All(table.Scores.ToArray(), s => Assert.False(float.IsInfinity(s)));
    }

    [Fact]
    public async Task A_cancelled_call_ends_as_cancelled_and_the_next_one_works()
    {
        using var snapshot = CreateSnapshot();
        var ranker = Create(snapshot);
        int[] rows = [.. Enumerable.Range(0, snapshot.Catalog.Count)];
        var before = await Rank(ranker, snapshot, rows);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await ranker.RankAsync(TestRequests.Begin(snapshot, Describe), Candidates(snapshot, rows), new CancellationToken(canceled: true)));
        Assert.Equal(before, await Rank(ranker, snapshot, rows));
    }

    [Fact]
    public async Task A_hundred_callers_at_once_get_the_same_bits()
    {
        using var snapshot = CreateSnapshot();
        var ranker = Create(snapshot);
        int[] rows = [.. Enumerable.Range(0, snapshot.Catalog.Count)];
        var alone = await Rank(ranker, snapshot, rows);
        var together = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => Rank(ranker, snapshot, rows))));
        Assert.All(together, scores => Assert.Equal(alone, scores));
    }

    [Fact]
    public void A_warm_call_allocates_nothing()
    {
        if (!AllocatesNothing) return;
        using var snapshot = CreateSnapshot();
        var ranker = Create(snapshot);
        var table = Candidates(snapshot, [.. Enumerable.Range(0, snapshot.Catalog.Count)]);
        var context = new RequestContext();
        var request = new RecommendationRequest { Placement = "home", UserId = "u" };
        Assert.Equal(0, Measure.AllocatedBytes(() =>
        {
            context.Begin(request, snapshot, TestRequests.Now, 1, 20);
            Describe(context);
            Measure.CompletedAtOnce(ranker.RankAsync(context, table, CancellationToken.None));
        }));
    }

    private static int Row(ModelSnapshot snapshot, string id)
    {
        Assert.True(snapshot.Catalog.TryGetRow(id, out int row), id);
        return row;
    }

    private CandidateTable Candidates(ModelSnapshot snapshot, int[] rows) => Table([.. rows.Select((row, i) => (row, 1f / (row + 2)))]);

    private async Task<Dictionary<int, float>> Rank(IRanker ranker, ModelSnapshot snapshot, int[] rows)
    {
        var table = Table();
        foreach (int row in rows) table.AddOrigin(table.Add(row, 1f / (row + 2), 0), 0, 1f / (row + 2));
        await ranker.RankAsync(TestRequests.Begin(snapshot, Describe), table, CancellationToken.None);
        return table.Rows.ToArray().Zip(table.Scores.ToArray()).ToDictionary(p => p.First, p => p.Second);
    }
}
