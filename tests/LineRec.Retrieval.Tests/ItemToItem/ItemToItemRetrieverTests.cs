using LineRec.Conformance;

namespace LineRec.Retrieval.Tests.ItemToItem;

public class ItemToItemRetrieverTests : RetrieverConformance
{
    /// <summary>a's neighbours: b .5, c .25; b's: a .5, c .4; c's: d .8; d has none.</summary>
    private static readonly int[] Rows = [1, 2, /**/ 0, 2, /**/ 3, -1, /**/ -1, -1];

    private static readonly float[] Scores = [0.5f, 0.25f, /**/ 0.5f, 0.4f, /**/ 0.8f, 0f, /**/ 0f, 0f];

    /// <summary>History: a (older, weight .5), b (newer, weight 1): c = 1 · .4 + .5 · .25, a = 1 · .5, b = .5 · .5.</summary>
    protected override (string ItemId, float Score)[] Expected => [("c", 0.525f), ("a", 0.5f), ("b", 0.25f)];

    protected override ModelSnapshot CreateSnapshot() => Snapshot(4, Rows, Scores);

    protected override ModelSnapshot? CreateEmptySnapshot() => Snapshot(0, [], []);

    protected override IRetriever Create(ModelSnapshot snapshot) => Link(snapshot, new ItemToItemOptions { History = new HistoryWeights { Decay = 0.5f } });

    protected override void Describe(RequestContext context)
    {
        context.Happened("a", EventType.Click, TimeSpan.FromDays(2));
        context.Happened("b", EventType.Purchase, TimeSpan.FromDays(1));
    }

    [Fact]
    public async Task Items_of_the_history_can_be_left_out()
    {
        using var snapshot = CreateSnapshot();
        var retriever = Link(snapshot, new ItemToItemOptions { History = new HistoryWeights { Decay = 0.5f }, ExcludeHistory = true });
        Assert.Equal([(2, 0.525f)], await retriever.Retrieve(TestRequests.Begin(snapshot, Describe)));
    }

    [Fact]
    public async Task Anchors_count_for_a_user_without_history_and_are_not_proposed_themselves()
    {
        using var snapshot = CreateSnapshot();
        var request = new RecommendationRequest { Placement = "home", AnchorItemIds = ["b", "nowhere", "a"] };
        var found = await Link(snapshot, new ItemToItemOptions()).Retrieve(TestRequests.Begin(snapshot, request: request));
        Assert.Equal([(2, 0.65f)], found);
    }

    [Fact]
    public async Task An_anchor_weight_of_zero_ignores_anchors()
    {
        using var snapshot = CreateSnapshot();
        var request = new RecommendationRequest { Placement = "home", AnchorItemIds = ["a"] };
        Assert.Empty(await Link(snapshot, new ItemToItemOptions { AnchorWeight = 0f }).Retrieve(TestRequests.Begin(snapshot, request: request)));
    }

    [Fact]
    public void An_item_that_is_nobodys_neighbour_scores_zero()
    {
        using var snapshot = CreateSnapshot();
        var scores = new float[2];
        ((ICandidateScorer)Create(snapshot)).Score(TestRequests.Begin(snapshot, Describe), [2, 3], scores);
        Assert.Equal([0.525f, 0f], scores);
    }

    [Fact]
    public void Neighbours_of_another_catalog_are_refused()
    {
        using var snapshot = Snapshot(3, Rows, Scores);
        Assert.Contains("4 rows, its catalog 3 items", Assert.Throws<InvalidOperationException>(() => Create(snapshot)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_neighbours_linking_names_the_file()
    {
        using var snapshot = new ModelSnapshot(TestRequests.Catalog(3));
        Assert.Contains("'neighbours.npy'", Assert.Throws<InvalidOperationException>(() => Create(snapshot)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1f, 1f)]
    [InlineData(1001, 1f, 1f)]
    [InlineData(10, 0f, 1f)]
    [InlineData(10, 1.5f, 1f)]
    [InlineData(10, 1f, -1f)]
    [InlineData(10, 1f, float.NaN)]
    public void Options_out_of_range_are_refused_when_the_retriever_is_named(int last, float decay, float anchors)
    {
        var options = new ItemToItemOptions { AnchorWeight = anchors, History = new HistoryWeights { Last = last, Decay = decay } };
        Assert.Throws<ArgumentException>(() => new FakeRetrievalBuilder().ItemToItem(10, options));
    }

    [Fact]
    public void A_table_survives_saving_and_opening()
    {
        string folder = Directory.CreateTempSubdirectory("linerec").FullName;
        try
        {
            using (var table = new NeighbourTable(new NpyMatrix<int>(Rows, 2), new NpyMatrix<float>(Scores, 2))) table.Save(folder);
            using var opened = NeighbourTable.Open(folder);
            Assert.Equal((4, 2), (opened.Count, opened.Width));
            Assert.Equal([3], opened.Of(2, out var scores).ToArray());
            Assert.Equal([0.8f], scores.ToArray());
            Assert.Empty(opened.Of(3, out _).ToArray());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IRetriever Link(ModelSnapshot snapshot, ItemToItemOptions options)
    {
        var builder = new FakeRetrievalBuilder();
        builder.ItemToItem(100, options);
        return builder.Link(snapshot);
    }

    private static ModelSnapshot Snapshot(int count, int[] rows, float[] scores)
    {
        var snapshot = new ModelSnapshot(TestRequests.Catalog(count));
        snapshot.GetOrCreate("neighbours.npy", _ => new NpyMatrix<int>([.. rows], 2));
        snapshot.GetOrCreate("neighbour_scores.npy", _ => new NpyMatrix<float>([.. scores], 2));
        return snapshot;
    }
}
