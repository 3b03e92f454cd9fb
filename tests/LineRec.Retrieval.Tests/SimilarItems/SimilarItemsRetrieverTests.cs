using CsCheck;
using LineRec.Conformance;

namespace LineRec.Retrieval.Tests.SimilarItems;

public class SimilarItemsRetrieverTests : RetrieverConformance
{
    private static readonly float[] Vectors = [3f, 0f, /**/ 0f, 2f, /**/ 1f, 1f, /**/ 0f, 5f, /**/ -1f, 0f];

    /// <summary>a and b in the cart: the query is ((1, 0) + (0, 1)) / 2, so d = 2.5, c = 1, e = -.5.</summary>
    protected override (string ItemId, float Score)[] Expected => [("d", 2.5f), ("c", 1f), ("e", -0.5f)];

    protected override ModelSnapshot CreateSnapshot() => Snapshot(5, Vectors);

    protected override ModelSnapshot? CreateEmptySnapshot() => Snapshot(0, []);

    protected override IRetriever Create(ModelSnapshot snapshot)
    {
        var builder = new FakeRetrievalBuilder();
        builder.Basket(100, new BasketOptions { Fusion = BasketFusion.Vectors });
        return builder.Link(snapshot);
    }

    protected override void Describe(RequestContext context)
    {
        context.Happened("a", EventType.Cart, TimeSpan.FromHours(2));
        context.Happened("b", EventType.Cart, TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task One_anchor_gets_its_neighbours_by_vector_and_not_itself()
    {
        using var snapshot = CreateSnapshot();
        Assert.Equal([(3, 5f), (2, 1f), (0, 0f), (4, 0f)], await Link(snapshot).Retrieve(Request(snapshot, "b")));
    }

    [Fact]
    public async Task The_limit_is_reached_though_anchors_are_dropped()
    {
        using var snapshot = CreateSnapshot();
        Assert.Equal([(2, 1f), (0, 0f)], await Link(snapshot).Retrieve(Request(snapshot, "b", "d"), limit: 2));
    }

    [Fact]
    public async Task Without_anchors_there_is_nothing_to_start_from_unless_the_history_counts()
    {
        using var snapshot = CreateSnapshot();
        Assert.Empty(await Link(snapshot).Retrieve(TestRequests.Begin(snapshot, Describe)));
        var options = new SimilarItemsOptions { Seeds = new SeedWeights { History = new HistoryWeights { Decay = 1f } } };
        Assert.Equal([3, 0, 1, 2, 4], (await Link(snapshot, options).Retrieve(TestRequests.Begin(snapshot, Describe))).Select(f => f.Row));
        options = options with { ExcludeHistory = true };
        Assert.Equal([3, 2, 4], (await Link(snapshot, options).Retrieve(TestRequests.Begin(snapshot, Describe))).Select(f => f.Row));
    }

    [Fact]
    public async Task A_seed_without_a_direction_does_not_count()
    {
        using var snapshot = Snapshot(4, [0f, 0f, /**/ float.NaN, 1f, /**/ 0f, 2f, /**/ 1f, 1f]);
        Assert.Empty(await Link(snapshot).Retrieve(Request(snapshot, "a", "b")));
        Assert.Equal([(3, 1f)], await Link(snapshot).Retrieve(Request(snapshot, "a", "b", "c")));
    }

    [Fact]
    public async Task An_index_of_its_own_may_have_another_metric()
    {
        using var snapshot = CreateSnapshot();
        var cosine = await Link(snapshot, new SimilarItemsOptions { Name = "cosine", Index = v => new FlatIndex(v, VectorMetric.Cosine) }).Retrieve(Request(snapshot, "b"), limit: 1);
        Assert.Equal((3, 1f), cosine[0]);
        var near = await Link(snapshot, new SimilarItemsOptions { Name = "l2", Index = v => new FlatIndex(v, VectorMetric.L2) }).Retrieve(Request(snapshot, "b"), limit: 1);
        Assert.Equal((2, -2f), near[0]); // |(0, 2) - (1, 1)|² = 2: the query isn't scaled for a distance
    }

    [Fact]
    public void It_finds_what_comparing_with_every_item_finds() =>
        Gen.Select(Gen.Float[-2f, 2f].Array[5 * 24], Gen.Int[0, 23].Array[1, 4]).Sample((values, anchors) =>
        {
            using var snapshot = new ModelSnapshot(TestRequests.Catalog(24));
            var items = snapshot.GetOrCreate("items.npy", _ => new NpyMatrix<float>(values, 5));
            var found = Link(snapshot).Retrieve(Request(snapshot, [.. anchors.Select(snapshot.Catalog.IdOf)]), limit: 7).GetAwaiter().GetResult();
            var query = new double[5];
            int[] counting = [.. anchors.Distinct().Where(anchor => items[anchor].ToArray().Any(v => v != 0))]; // a zero vector has no direction
            foreach (int anchor in counting)
            {
                double length = Math.Sqrt(items[anchor].ToArray().Sum(v => (double)v * v));
                for (int d = 0; d < 5; d++) query[d] += items[anchor][d] / length / counting.Length;
            }

            double[] expected = [.. Enumerable.Range(0, 24).Except(anchors).Select(row => items[row].ToArray().Zip(query, (x, q) => x * q).Sum()).OrderDescending().Take(7)];
            Assert.Equal(counting.Length == 0 ? 0 : 7, found.Length);
            Assert.DoesNotContain(found, f => anchors.Contains(f.Row));
            Assert.All(found.Zip(expected), p => Assert.Equal(p.Second, p.First.Score, 1e-4));
        });

    [Fact]
    public void Without_item_vectors_linking_names_the_file()
    {
        using var snapshot = new ModelSnapshot(TestRequests.Catalog(3));
        Assert.Contains("'items.npy'", Assert.Throws<InvalidOperationException>(() => Link(snapshot)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_index_over_other_vectors_is_refused()
    {
        using var snapshot = CreateSnapshot();
        using var other = new NpyMatrix<float>([1f, 2f], 2);
        Assert.Throws<ArgumentException>(() => Link(snapshot, new SimilarItemsOptions { Index = _ => new FlatIndex(other) }));
    }

    private static RequestContext Request(ModelSnapshot snapshot, params string[] anchors) =>
        TestRequests.Begin(snapshot, request: new RecommendationRequest { Placement = "item", AnchorItemIds = anchors });

    private static IRetriever Link(ModelSnapshot snapshot, SimilarItemsOptions? options = null)
    {
        var builder = new FakeRetrievalBuilder();
        builder.SimilarItems(100, options);
        return builder.Link(snapshot);
    }

    private static ModelSnapshot Snapshot(int count, float[] vectors)
    {
        var snapshot = new ModelSnapshot(TestRequests.Catalog(count));
        snapshot.GetOrCreate("items.npy", _ => new NpyMatrix<float>(vectors, 2));
        return snapshot;
    }
}
