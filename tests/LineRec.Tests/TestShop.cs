namespace LineRec.Tests;

/// <summary>A small catalog and components with known behaviour.</summary>
internal static class TestShop
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static Catalog Catalog(int items = 100) => new(
        [.. Enumerable.Range(0, items).Select(Id)],
        [
            TextColumn.Encode(CatalogColumns.Category, [.. Enumerable.Range(0, items).Select(i => i % 7 == 6 ? null : $"c{i % 5}")]),
            new NumberColumn(CatalogColumns.Stock, [.. Enumerable.Range(0, items).Select(i => i % 10 == 9 ? 0f : 5f)]),
        ]);

    public static ModelSnapshot Snapshot(int items = 100) => new(Catalog(items)) { Version = "v1" };

    public static string Id(int row) => $"item{row:D4}";

    /// <summary>Proposes rows with scores falling from 1.</summary>
    public static IRetriever Rows(params int[] rows) => new FixedRetriever(rows);

    public static Recommender Build(Action<IPlacementBuilder> configure, int items = 100, IUserHistoryStore? histories = null, TimeProvider? time = null, Action<RecommenderBuilder>? more = null)
    {
        var builder = new RecommenderBuilder().AddPlacement("home", configure);
        if (histories is not null) builder.UseHistories(histories);
        if (time is not null) builder.UseTime(time);
        more?.Invoke(builder);
        return builder.Build(Snapshot(items));
    }

    public static RecommendationRequest Request(int take = 10, string? user = null) => new() { Placement = "home", Take = take, UserId = user, Time = Now, Seed = 1 };

    public static IEnumerable<int> RowsOf(this Slate slate) => slate.Items.Select(i => int.Parse(i.ItemId[4..], System.Globalization.CultureInfo.InvariantCulture));

    private sealed class FixedRetriever(int[] rows) : IRetriever
    {
        public ValueTask RetrieveAsync(RequestContext context, CandidateSink candidates, CancellationToken cancellationToken)
        {
            for (int i = 0; i < rows.Length; i++) candidates.Add(rows[i], 1f / (i + 1));
            return ValueTask.CompletedTask;
        }
    }
}
