using LineRec.Conformance;

namespace LineRec.Retrieval.Text.Tests.Search;

public class SearchRetrieverTests : RetrieverConformance
{
    private static readonly string?[] Titles = ["red shoes", "blue shoes", "red dress", null];

    /// <summary>b = 0, so a word's score is its idf: each is in two of four documents, ln(1 + 2.5 / 2.5) = .693147.</summary>
    protected override (string ItemId, float Score)[] Expected => [("a", 1.386294f), ("b", 0.693147f), ("c", 0.693147f)];

    protected override bool AllocatesNothing => false; // Lucene doesn't

    protected override ModelSnapshot CreateSnapshot() => new(TestRequests.Catalog(4, TextColumn.Encode("title", Titles)));

    protected override ModelSnapshot? CreateEmptySnapshot() => new(TestRequests.Catalog(0, TextColumn.Encode("title", [])));

    protected override IRetriever Create(ModelSnapshot snapshot) => Link(snapshot, Simple);

    protected override void Describe(RequestContext context) => Ask(context, "shoe RED");

    [Fact]
    public void Without_a_query_nothing_has_a_score()
    {
        using var snapshot = CreateSnapshot();
        var scores = new float[2];
        ((ICandidateScorer)Create(snapshot)).Score(TestRequests.Begin(snapshot), [0, 3], scores);
        Assert.All(scores, s => Assert.True(float.IsNaN(s)));
    }

    [Fact]
    public void An_item_without_any_of_the_words_scores_zero_in_whatever_order_it_is_asked_for()
    {
        using var snapshot = CreateSnapshot();
        var scores = new float[4];
        ((ICandidateScorer)Create(snapshot)).Score(TestRequests.Begin(snapshot, c => Ask(c, "dress")), [3, 2, 0, 2], scores);
        Assert.Equal([0f, 1.203973f, 0f, 1.203973f], scores, (a, b) => Math.Abs(a - b) < 1e-5f); // ln(1 + 3.5 / 1.5)
    }

    [Fact]
    public void Placements_with_equal_options_share_one_index()
    {
        using var snapshot = CreateSnapshot();
        Create(snapshot);
        Assert.Equal(4, snapshot.GetOrCreate<TitleIndex>($"titles:{Simple.Titles}", _ => throw new InvalidOperationException("made twice")).Count);
    }

    [Fact]
    public void Without_titles_linking_names_the_column()
    {
        using var snapshot = new ModelSnapshot(TestRequests.Catalog(2));
        Assert.Contains("'title'", Assert.Throws<InvalidOperationException>(() => Create(snapshot)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_out_of_range_are_refused_when_the_retriever_is_named()
    {
        Assert.Throws<ArgumentException>(() => new FakeRetrievalBuilder().Search(1, new SearchOptions { VectorShare = 1.5f }));
        Assert.Throws<ArgumentException>(() => new FakeRetrievalBuilder().Search(1, new SearchOptions { Titles = new() { B = -1f } }));
    }

    internal static SearchOptions Simple => new() { Titles = new() { B = 0f, MinMatch = 0f } };

    internal static void Ask(RequestContext context, string? query) =>
        context.Begin(new RecommendationRequest { Placement = "search", UserId = "u", Query = query }, context.Snapshot, TestRequests.Now, seed: 1, take: 20);

    private static IRetriever Link(ModelSnapshot snapshot, SearchOptions options)
    {
        var builder = new FakeRetrievalBuilder();
        builder.Search(100, options);
        return builder.Link(snapshot);
    }
}
