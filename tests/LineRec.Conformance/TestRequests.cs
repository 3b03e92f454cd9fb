namespace LineRec.Conformance;

/// <summary>Makes the contexts, sinks and tables that a pipeline would make.</summary>
public static class TestRequests
{
    /// <summary>The instant of every test request.</summary>
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Starts a request, on a new context or on a pooled one.</summary>
    public static RequestContext Begin(ModelSnapshot snapshot, Action<RequestContext>? describe = null, RequestContext? pooled = null, RecommendationRequest? request = null, int take = 20)
    {
        var context = pooled ?? new RequestContext();
        context.Begin(request ?? new RecommendationRequest { Placement = "home", UserId = "u" }, snapshot, Now, seed: 1, take);
        describe?.Invoke(context);
        return context;
    }

    /// <summary>Appends an event to a context's history.</summary>
    public static void Happened(this RequestContext context, string itemId, EventType type, TimeSpan ago)
    {
        Assert.True(context.Catalog.TryGetRow(itemId, out int row), itemId);
        context.History.Add(row, type, (Now - ago).ToUnixTimeMilliseconds());
    }

    /// <summary>A catalog of items "a", "b", … with optional columns.</summary>
    public static Catalog Catalog(int count, params CatalogColumn[] columns) =>
        new([.. Enumerable.Range(0, count).Select(i => count <= 26 ? ((char)('a' + i)).ToString() : $"item{i:D7}")], columns);

    /// <summary>Runs a retriever and completes its sink, as the pipeline does.</summary>
    public static async Task<(int Row, float Score)[]> Retrieve(this IRetriever retriever, RequestContext context, int limit = 100, CancellationToken cancellationToken = default)
    {
        var sink = new CandidateSink(limit);
        await retriever.RetrieveAsync(context, sink, cancellationToken);
        sink.Complete(context.Catalog.Count);
        return [.. sink.Rows.ToArray().Zip(sink.Scores.ToArray())];
    }

    /// <summary>A table of candidates in the pipeline's order.</summary>
    public static CandidateTable Table(params (int Row, float Score)[] candidates)
    {
        var table = new CandidateTable(["test"]);
        foreach (var (row, score) in candidates) table.AddOrigin(table.Add(row, score, 0), 0, score);
        table.Sort();
        return table;
    }
}
