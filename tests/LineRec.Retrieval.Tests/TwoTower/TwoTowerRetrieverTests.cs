using LineRec.Conformance;
using Microsoft.Extensions.DependencyInjection;

namespace LineRec.Retrieval.Tests.TwoTower;

public class TwoTowerRetrieverTests : RetrieverConformance
{
    private static readonly float[] Vectors = [1f, 0f, /**/ 0f, 1f, /**/ 1f, 1f];

    protected override (string ItemId, float Score)[] Expected => [("c", 3f), ("b", 2f), ("a", 1f)];

    protected override ModelSnapshot CreateSnapshot() => Snapshot(3, Vectors);

    protected override ModelSnapshot? CreateEmptySnapshot() => Snapshot(0, []);

    protected override IRetriever Create(ModelSnapshot snapshot) => Link(snapshot, new FakeEncoder(1f, 2f));

    protected override void Describe(RequestContext context) => context.Happened("a", EventType.Click, TimeSpan.FromHours(1));

    [Fact]
    public async Task An_item_whose_vector_is_NaN_is_not_proposed()
    {
        using var snapshot = Snapshot(3, [1f, 0f, /**/ float.NaN, 1f, /**/ 1f, 1f]);
        var found = await Create(snapshot).Retrieve(TestRequests.Begin(snapshot, Describe));
        Assert.Equal([2, 0], found.Select(f => f.Row));
    }

    [Fact]
    public async Task A_user_vector_of_NaN_gives_no_candidates()
    {
        using var snapshot = CreateSnapshot();
        Assert.Empty(await Link(snapshot, new FakeEncoder(float.NaN, 1f)).Retrieve(TestRequests.Begin(snapshot, Describe)));
    }

    [Fact]
    public async Task Retrieving_and_scoring_encode_the_user_once()
    {
        using var snapshot = CreateSnapshot();
        var encoder = new FakeEncoder(1f, 2f);
        var retriever = Link(snapshot, encoder);
        var context = TestRequests.Begin(snapshot, Describe);
        await retriever.Retrieve(context);
        ((ICandidateScorer)retriever).Score(context, [0, 1], new float[2]);
        Assert.Equal(1, encoder.Calls);
    }

    [Fact]
    public void An_unknown_user_has_no_scores()
    {
        using var snapshot = CreateSnapshot();
        var scores = new float[2];
        ((ICandidateScorer)Create(snapshot)).Score(TestRequests.Begin(snapshot), [0, 2], scores);
        Assert.All(scores, s => Assert.True(float.IsNaN(s)));
    }

    [Fact]
    public async Task The_encoder_comes_from_the_hosts_services()
    {
        using var snapshot = CreateSnapshot();
        var builder = new FakeRetrievalBuilder();
        builder.TwoTower(2);
        var retriever = builder.Link(snapshot, services: s => s.AddSingleton<IUserEncoderFactory>(new FakeEncoder(1f, 2f)));
        Assert.Equal(("two-tower", 2), (builder.Added[0].Name, builder.Added[0].Limit));
        Assert.Equal(3, (await retriever.Retrieve(TestRequests.Begin(snapshot, Describe))).Length);
    }

    [Fact]
    public void Without_an_encoder_linking_says_what_to_do()
    {
        using var snapshot = CreateSnapshot();
        var builder = new FakeRetrievalBuilder();
        builder.TwoTower(2);
        var error = Assert.Throws<InvalidOperationException>(() => builder.Link(snapshot));
        Assert.Contains("'home'", error.Message, StringComparison.Ordinal);
        Assert.Contains("UseOnnx()", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_item_vectors_linking_names_the_file()
    {
        using var snapshot = new ModelSnapshot(TestRequests.Catalog(3));
        Assert.Contains("'items.npy'", Assert.Throws<InvalidOperationException>(() => Create(snapshot)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Item_vectors_of_another_catalog_are_refused()
    {
        using var snapshot = Snapshot(2, Vectors);
        Assert.Contains("3 rows, its catalog 2 items", Assert.Throws<InvalidOperationException>(() => Create(snapshot)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_encoder_of_another_width_is_refused()
    {
        using var snapshot = CreateSnapshot();
        Assert.Throws<ArgumentException>(() => Link(snapshot, new FakeEncoder(1f, 2f, 3f)));
    }

    [Fact]
    public void Placements_share_one_index()
    {
        using var snapshot = CreateSnapshot();
        Create(snapshot);
        var index = snapshot.GetOrCreate<IVectorIndex>("items.npy", _ => throw new InvalidOperationException("made twice"));
        Assert.Equal(3, index.Count);
    }

    private static IRetriever Link(ModelSnapshot snapshot, FakeEncoder encoder)
    {
        var builder = new FakeRetrievalBuilder();
        builder.TwoTower(100, encoder);
        return builder.Link(snapshot);
    }

    private static ModelSnapshot Snapshot(int count, float[] vectors)
    {
        var snapshot = new ModelSnapshot(TestRequests.Catalog(count));
        snapshot.GetOrCreate("items.npy", _ => new NpyMatrix<float>(vectors, 2));
        return snapshot;
    }
}
