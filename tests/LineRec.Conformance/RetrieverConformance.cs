namespace LineRec.Conformance;

/// <summary>What every retriever must do. Derive it and say how to make the retriever and what it answers to one known user.</summary>
public abstract class RetrieverConformance
{
    /// <summary>A snapshot of a few items for which <see cref="Expected"/> is known by hand.</summary>
    protected abstract ModelSnapshot CreateSnapshot();

    /// <summary>A snapshot without items; null where there can't be one.</summary>
    protected abstract ModelSnapshot? CreateEmptySnapshot();

    /// <summary>Makes the retriever, as the pipeline does when it is linked.</summary>
    protected abstract IRetriever Create(ModelSnapshot snapshot);

    /// <summary>Gives a started request the known user's history.</summary>
    protected abstract void Describe(RequestContext context);

    /// <summary>The known user's whole answer, best first.</summary>
    protected abstract (string ItemId, float Score)[] Expected { get; }

    /// <summary>Whether a user without history gets candidates.</summary>
    protected virtual bool AnswersUnknownUsers => false;

    /// <summary>Whether a call allocates nothing once warm.</summary>
    protected virtual bool AllocatesNothing => true;

    /// <summary>How much a score may differ from the expected one, relative to it.</summary>
    protected virtual float Tolerance => 1e-5f;

    [Fact]
    public async Task Known_items_get_known_scores_in_order()
    {
        using var snapshot = CreateSnapshot();
        AssertExpected(Expected, await Create(snapshot).Retrieve(TestRequests.Begin(snapshot, Describe)), snapshot.Catalog);
    }

    [Fact]
    public async Task A_limit_of_one_keeps_the_best()
    {
        using var snapshot = CreateSnapshot();
        AssertExpected(Expected[..1], await Create(snapshot).Retrieve(TestRequests.Begin(snapshot, Describe), limit: 1), snapshot.Catalog);
    }

    [Fact]
    public async Task A_limit_over_the_corpus_gives_each_item_at_most_once()
    {
        using var snapshot = CreateSnapshot();
        AssertExpected(Expected, await Create(snapshot).Retrieve(TestRequests.Begin(snapshot, Describe), limit: 100_000), snapshot.Catalog);
    }

    [Fact]
    public async Task A_user_without_history_gets_what_is_said_of_unknown_users()
    {
        using var snapshot = CreateSnapshot();
        var answer = await Create(snapshot).Retrieve(TestRequests.Begin(snapshot));
        Assert.Equal(AnswersUnknownUsers, answer.Length > 0);
    }

    [Fact]
    public async Task An_empty_catalog_gives_no_candidates()
    {
        using var snapshot = CreateEmptySnapshot();
        if (snapshot is null) return;
        Assert.Empty(await Create(snapshot).Retrieve(TestRequests.Begin(snapshot)));
    }

    [Fact]
    public async Task A_cancelled_call_ends_as_cancelled()
    {
        using var snapshot = CreateSnapshot();
        var retriever = Create(snapshot);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => retriever.Retrieve(TestRequests.Begin(snapshot, Describe), cancellationToken: new CancellationToken(canceled: true)));
        AssertExpected(Expected, await retriever.Retrieve(TestRequests.Begin(snapshot, Describe)), snapshot.Catalog);
    }

    [Fact]
    public async Task A_pooled_context_carries_nothing_from_one_request_to_the_next()
    {
        using var snapshot = CreateSnapshot();
        var retriever = Create(snapshot);
        var context = TestRequests.Begin(snapshot, Describe);
        var first = await retriever.Retrieve(context);
        TestRequests.Begin(snapshot, pooled: context);
        var unknown = await retriever.Retrieve(context);
        TestRequests.Begin(snapshot, Describe, context);
        Assert.Equal(first, await retriever.Retrieve(context));
        Assert.Equal(await retriever.Retrieve(TestRequests.Begin(snapshot)), unknown);
    }

    [Fact]
    public async Task A_hundred_callers_at_once_get_the_same_bits()
    {
        using var snapshot = CreateSnapshot();
        var retriever = Create(snapshot);
        var alone = await retriever.Retrieve(TestRequests.Begin(snapshot, Describe));
        var together = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => retriever.Retrieve(TestRequests.Begin(snapshot, Describe)))));
        Assert.All(together, answer => Assert.Equal(alone, answer));
    }

    [Fact]
    public async Task Where_it_scores_given_items_the_scores_are_those_that_it_retrieves_with()
    {
        using var snapshot = CreateSnapshot();
        if (Create(snapshot) is not (ICandidateScorer scorer and IRetriever retriever)) return;
        var retrieved = await retriever.Retrieve(TestRequests.Begin(snapshot, Describe));
        int[] rows = [.. retrieved.Select(r => r.Row)];
        var scores = new float[rows.Length];
        scorer.Score(TestRequests.Begin(snapshot, Describe), rows, scores);
        Assert.Equal(retrieved.Select(r => r.Score), scores);
        scorer.Score(TestRequests.Begin(snapshot, Describe), [], []);
    }

    [Fact]
    public async Task It_scores_any_row_for_any_user_without_failing()
    {
        using var snapshot = CreateSnapshot();
        if (Create(snapshot) is not ICandidateScorer scorer) return;
        int[] rows = [.. Enumerable.Range(0, snapshot.Catalog.Count)];
        var (known, unknown) = (new float[rows.Length], new float[rows.Length]);
        scorer.Score(TestRequests.Begin(snapshot, Describe), rows, known);
        scorer.Score(TestRequests.Begin(snapshot), rows, unknown);
        Assert.All(known.Concat(unknown), score => Assert.False(float.IsInfinity(score)));
        await Task.CompletedTask;
    }

    [Fact]
    public void A_warm_call_allocates_nothing()
    {
        if (!AllocatesNothing) return;
        using var snapshot = CreateSnapshot();
        var retriever = Create(snapshot);
        var context = new RequestContext();
        var sink = new CandidateSink(100);
        int[] rows = [.. Enumerable.Range(0, snapshot.Catalog.Count)];
        var scores = new float[rows.Length];
        var request = new RecommendationRequest { Placement = "home", UserId = "u" };
        Assert.Equal(0, Measure.AllocatedBytes(() =>
        {
            context.Begin(request, snapshot, TestRequests.Now, 1, 20);
            Describe(context);
            sink.Clear();
            Measure.CompletedAtOnce(retriever.RetrieveAsync(context, sink, CancellationToken.None));
            (retriever as ICandidateScorer)?.Score(context, rows, scores);
        }));
    }

    private void AssertExpected((string ItemId, float Score)[] expected, (int Row, float Score)[] actual, Catalog catalog)
    {
        Assert.Equal(expected.Select(e => e.ItemId), actual.Select(a => catalog.IdOf(a.Row)));
        Assert.All(expected.Zip(actual), p => Assert.InRange(p.Second.Score, p.First.Score - Slack(p.First.Score), p.First.Score + Slack(p.First.Score)));
    }

    private float Slack(float score) => Tolerance * Math.Max(1f, Math.Abs(score));
}
