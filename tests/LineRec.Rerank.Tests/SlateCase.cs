using LineRec.Conformance;

namespace LineRec.Rerank.Tests;

/// <summary>A ranked list given by its categories, by which of its items are new, and by the slate's size.</summary>
/// <param name="Categories">Each item's category, best item first; null for none.</param>
/// <param name="IsNew">Whether each item is new; shorter than the list means: the others aren't.</param>
/// <param name="Take">The slate's size.</param>
internal sealed record SlateCase(string?[] Categories, bool[] IsNew, int Take)
{
    private static readonly long NewTime = (TestRequests.Now - TimeSpan.FromDays(3)).ToUnixTimeMilliseconds();
    private static readonly long OldTime = (TestRequests.Now - TimeSpan.FromDays(300)).ToUnixTimeMilliseconds();

    public Catalog Catalog { get; } = TestRequests.Catalog(
        Categories.Length,
        TextColumn.Encode("category", Categories),
        new TimeColumn("listed_at", [.. Categories.Select((_, i) => i < IsNew.Length && IsNew[i] ? NewTime : OldTime)]));

    public int Size => Math.Min(Take, Categories.Length);

    /// <summary>A list written as letters: "aab.A" has categories a, a, b, none, and a new item of category a.</summary>
    public static SlateCase Of(string letters, int take = 20) =>
        new([.. letters.Select(l => l is '.' or '!' ? null : char.ToLowerInvariant(l).ToString())], [.. letters.Select(l => char.IsUpper(l) || l == '!')], take);

    /// <summary>Runs re-rankers one after the other and returns all rows; row i is the list's item i.</summary>
    public int[] Run(params Func<ModelSnapshot, IReRanker>[] reRankers) => Run([], reRankers);

    public int[] Run(Campaign[] campaigns, params Func<ModelSnapshot, IReRanker>[] reRankers)
    {
        using var snapshot = new ModelSnapshot(Catalog) { Campaigns = campaigns };
        var context = TestRequests.Begin(snapshot, take: Take);
        var table = TestRequests.Table([.. Categories.Select((_, row) => (row, 1f / (1 + row)))]);
        foreach (var make in reRankers) Measure.CompletedAtOnce(make(snapshot).ReRankAsync(context, table, CancellationToken.None));
        int[] rows = table.Rows.ToArray();
        Assert.Equal(Enumerable.Range(0, Categories.Length), rows.Order());
        return rows;
    }

    public int Clashes(IEnumerable<int> slate) =>
        slate.Zip(slate.Skip(1)).Count(p => Categories[p.First] is { } category && category == Categories[p.Second]);

    public int NewIn(IEnumerable<int> slate) => slate.Count(row => row < IsNew.Length && IsNew[row]);

    public static IReRanker NoAdjacent(ModelSnapshot snapshot) => new NoAdjacentReRanker(snapshot.Catalog.Category!);

    public static IReRanker Freshness(ModelSnapshot snapshot) => new FreshnessReRanker(snapshot.Catalog, 0.05, 0.10);

    public static IReRanker Campaigns(ModelSnapshot snapshot) => new CampaignsReRanker(snapshot.Campaigns, snapshot.Catalog);
}
