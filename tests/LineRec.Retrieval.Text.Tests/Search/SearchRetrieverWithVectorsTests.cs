using LineRec.Conformance;
using Microsoft.Extensions.DependencyInjection;

namespace LineRec.Retrieval.Text.Tests.Search;

public class SearchRetrieverWithVectorsTests : RetrieverConformance
{
    private static readonly string?[] Titles = ["red shoes", "blue shoes", "red dress", null];

    private static readonly float[] Vectors = [1f, 0f, /**/ 0f, 2f, /**/ 1f, 1f, /**/ 3f, 0f];

    /// <summary>
    /// Query "dress" with the vector (1, 0): cosines 1, 0, .70711, 1 and keywords for c alone. Half and half: a = d = .5 · 2/2,
    /// b = .5 · 1/2, c = .5 · 1 + .5 · 1.70711/2.
    /// </summary>
    protected override (string ItemId, float Score)[] Expected => [("c", 0.926777f), ("a", 0.5f), ("d", 0.5f), ("b", 0.25f)];

    protected override bool AllocatesNothing => false;

    protected override ModelSnapshot CreateSnapshot() => Snapshot(Titles, Vectors);

    protected override ModelSnapshot? CreateEmptySnapshot() => Snapshot([], []);

    protected override IRetriever Create(ModelSnapshot snapshot) => Link(snapshot, SearchRetrieverTests.Simple with { Encoder = new FakeTextEncoder(1f, 0f) });

    protected override void Describe(RequestContext context) => SearchRetrieverTests.Ask(context, "dress");

    [Fact]
    public async Task A_query_that_no_title_holds_a_word_of_is_answered_by_vectors()
    {
        using var snapshot = CreateSnapshot();
        var found = await Create(snapshot).Retrieve(TestRequests.Begin(snapshot, c => SearchRetrieverTests.Ask(c, "gown")));
        Assert.Equal([0, 3, 2, 1], found.Select(f => f.Row));
        Assert.Equal(0.5f, found[0].Score);
    }

    [Fact]
    public async Task A_query_without_a_word_is_not()
    {
        using var snapshot = CreateSnapshot();
        Assert.Empty(await Create(snapshot).Retrieve(TestRequests.Begin(snapshot, c => SearchRetrieverTests.Ask(c, "?!"))));
    }

    [Theory]
    [InlineData(0f, 0f)]
    [InlineData(float.NaN, 1f)]
    public async Task Where_the_encoder_has_nothing_to_say_keywords_are_left(float x, float y)
    {
        using var snapshot = CreateSnapshot();
        var retriever = Link(snapshot, SearchRetrieverTests.Simple with { Encoder = new FakeTextEncoder(x, y) });
        Assert.Equal([(2, 0.5f)], await retriever.Retrieve(TestRequests.Begin(snapshot, Describe)));
    }

    [Fact]
    public async Task An_item_without_a_vector_has_its_keywords()
    {
        using var snapshot = Snapshot(Titles, [1f, 0f, /**/ 0f, 2f, /**/ 0f, 0f, /**/ 3f, 0f]);
        var found = await Create(snapshot).Retrieve(TestRequests.Begin(snapshot, Describe));
        Assert.Contains((2, 0.5f), found);
        Assert.Equal(4, found.Length);
    }

    [Fact]
    public async Task The_share_of_vectors_can_be_all_or_nothing()
    {
        using var snapshot = CreateSnapshot();
        var options = SearchRetrieverTests.Simple with { Encoder = new FakeTextEncoder(1f, 0f) };
        Assert.Equal([0, 3, 2, 1], (await Link(snapshot, options with { VectorShare = 1f }).Retrieve(TestRequests.Begin(snapshot, Describe))).Select(f => f.Row));
        Assert.Equal((2, 1f), (await Link(snapshot, options with { VectorShare = 0f }).Retrieve(TestRequests.Begin(snapshot, Describe)))[0]);
    }

    [Fact]
    public async Task The_encoder_comes_from_the_hosts_services_and_keywords_alone_can_be_asked_for()
    {
        using var snapshot = CreateSnapshot();
        Assert.Equal(4, (await Link(snapshot, SearchRetrieverTests.Simple, new FakeTextEncoder(1f, 0f)).Retrieve(TestRequests.Begin(snapshot, Describe))).Length);
        Assert.Single(await Link(snapshot, SearchRetrieverTests.Simple with { TitleVectors = null }, new FakeTextEncoder(1f, 0f)).Retrieve(TestRequests.Begin(snapshot, Describe)));
    }

    [Fact]
    public void What_does_not_fit_together_is_refused_when_linked()
    {
        using var none = new ModelSnapshot(TestRequests.Catalog(4, TextColumn.Encode("title", Titles)));
        string message = Assert.Throws<InvalidOperationException>(() => Create(none)).Message;
        Assert.Contains("'title_vectors.npy'", message, StringComparison.Ordinal);
        Assert.Contains("keywords alone", message, StringComparison.Ordinal);
        using var few = Snapshot(["red"], Vectors);
        Assert.Contains("4 rows, its catalog 1 items", Assert.Throws<InvalidOperationException>(() => Create(few)).Message, StringComparison.Ordinal);
        using var snapshot = CreateSnapshot();
        Assert.Throws<ArgumentException>(() => Link(snapshot, SearchRetrieverTests.Simple with { Encoder = new FakeTextEncoder(1f) }));
        Assert.Throws<ArgumentException>(() => Link(snapshot, SearchRetrieverTests.Simple with { Encoder = new FakeTextEncoder(1f, 0f), Index = v => new FlatIndex(v) }));
    }

    private static IRetriever Link(ModelSnapshot snapshot, SearchOptions options, ITextEncoder? service = null)
    {
        var builder = new FakeRetrievalBuilder();
        builder.Search(100, options);
        return builder.Link(snapshot, services: s =>
        {
            if (service is not null) s.AddSingleton(service);
        });
    }

    private static ModelSnapshot Snapshot(string?[] titles, float[] vectors)
    {
        var snapshot = new ModelSnapshot(TestRequests.Catalog(titles.Length, TextColumn.Encode("title", titles)));
        snapshot.GetOrCreate("title_vectors.npy", _ => new NpyMatrix<float>(vectors, 2));
        return snapshot;
    }

    private sealed class FakeTextEncoder(params float[] vector) : ITextEncoder
    {
        public int Dimension => vector.Length;

        public void Encode(string text, Span<float> destination) => vector.CopyTo(destination);
    }
}
