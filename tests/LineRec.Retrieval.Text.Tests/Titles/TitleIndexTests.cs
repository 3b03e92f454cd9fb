using CsCheck;
using LineRec.Conformance;
using LineRec.Retrieval.Text.Tests.Analysis;

namespace LineRec.Retrieval.Text.Tests.Titles;

public class TitleIndexTests
{
    private static readonly string?[] Shop =
    [
        "Nike Air Zoom 男子跑鞋 透气", // 0
        "Adidas women's running shoes, white", // 1
        "蘋果 iPhone 15 手機殼 防摔", // 2
        "小米手机 充电器 67W 快充", // 3
        "Sony WH-1000XM4 wireless headphones", // 4
        "铁观音 绿茶 礼盒", // 5
        "The Who - Tommy (LP)", // 6
        null, // 7
        "Running belt for phones", // 8
    ];

    [Theory]
    [InlineData("running shoe", 1)]
    [InlineData("RUN", 1, 8)]
    [InlineData("跑鞋", 0)]
    [InlineData("手机", 2, 3)]
    [InlineData("手機", 2, 3)]
    [InlineData("手机壳 iphone15", 2)]
    [InlineData("茶", 5)]
    [InlineData("nike跑鞋", 0)]
    [InlineData("wh1000xm4", 4)]
    [InlineData("wh 1000xm4", 4)]
    [InlineData("wh-1000xm4", 4)]
    [InlineData("phones", 8)]
    public void A_query_finds_the_titles_that_hold_its_words(string query, params int[] expected) => Assert.Equal(expected, Find(query).Order());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("+-&&||!(){}[]^\"~*?:\\/")]
    [InlineData("。，！？…《》")]
    [InlineData("\uD83D")]
    [InlineData("zzzzqq")]
    public void A_query_without_a_known_word_finds_nothing(string? query) => Assert.Empty(Find(query));

    [Theory]
    [InlineData("title:nike AND (", 0)]
    [InlineData("nike* ~跑鞋^2 \"", 0)]
    [InlineData("[nike TO zoom}", 0)]
    public void What_is_syntax_elsewhere_is_punctuation_here(string query, int expected) => Assert.Equal(expected, Find(query)[0]);

    [Theory]
    [InlineData("the who", 6)]
    [InlineData("the", 6)]
    [InlineData("the running shoes of the", 1)]
    public void Stop_words_count_only_where_there_is_nothing_else(string query, int expected) => Assert.Equal(expected, Find(query)[0]);

    [Fact]
    public void Where_no_title_holds_enough_of_the_words_one_is_enough() => Assert.Equal([4], Find("sony playstation controller white-label"));

    [Fact]
    public void A_very_long_query_is_cut_off()
    {
        Assert.Equal(0, Find("nike " + string.Join(' ', Enumerable.Range(0, 20_000)))[0]);
        Assert.Equal([2, 3], Find(string.Concat(Enumerable.Repeat("手机", 5000))).Order());
        Assert.Empty(Find(new string('x', 1_000_000)));
    }

    [Fact]
    public void Scores_are_bm25s()
    {
        // Title lengths 1 and 4, whose norms Lucene stores exactly; mean (1 + 4 + 1) / 4 over four documents, one of them empty.
        using var index = TitleIndex.Build(Items(["red", "red blue green pink", "blue", null]), new TitleIndexOptions { K1 = 1.2f, B = 0.5f, MinMatch = 0f });
        double idf = Math.Log(1 + ((4 - 2 + 0.5) / (2 + 0.5)));
        double first = idf * 2.2 / (1 + (1.2 * (0.5 + (0.5 * 1 / 1.5)))), second = idf * 2.2 / (1 + (1.2 * (0.5 + (0.5 * 4 / 1.5))));
        var (rows, scores) = (new int[3], new float[3]);
        Assert.Equal(2, index.Search("red", rows, scores));
        Assert.Equal([0, 1], rows[..2]);
        Assert.Equal([(float)first, (float)second], scores[..2], (a, b) => Math.Abs(a - b) < 1e-5f);
        Assert.Equal(3, index.Search("red blue", rows, scores));
        Assert.Equal([1, 0, 2], rows);
        Assert.Equal((float)(2 * second), scores[0], 1e-5f);
    }

    [Fact]
    public void A_word_in_the_brand_or_the_category_counts_by_its_weight()
    {
        var columns = new CatalogColumn[] { TextColumn.Encode("title", ["shoe", "air", "air"]), TextColumn.Encode("brand", [null, "shoe", null]), TextColumn.Encode("category", [null, null, "sport/shoes"]) };
        var options = new TitleIndexOptions { B = 0f, BrandWeight = 0.5f, CategoryWeight = 0.25f };
        using var index = TitleIndex.Build(TestRequests.Catalog(3, columns), options);
        var (rows, scores) = (new int[3], new float[3]);
        Assert.Equal(3, index.Search("shoes", rows, scores));
        Assert.Equal([0, 1, 2], rows);
        Assert.Equal(0.5f, scores[1] / scores[0], 1e-5f); // one of three documents in each field: the same idf
        Assert.Equal(0.25f, scores[2] / scores[0], 1e-5f);
        using var titlesOnly = TitleIndex.Build(TestRequests.Catalog(3, columns), options with { BrandWeight = 0f, CategoryWeight = 0f });
        Assert.Equal(1, titlesOnly.Search("shoes", rows, scores));
    }

    [Fact]
    public void Typing_errors_are_forgiven_where_asked_for_in_words_that_no_item_has()
    {
        Assert.Empty(Find("headphonse"));
        var options = new TitleIndexOptions { MaxTypos = 2 };
        Assert.Equal([4], Find("headphonse", options)); // two letters swapped
        Assert.Equal([4], Find("hedphone", options));
        Assert.Equal([4], Find("wirless", options));
        Assert.Equal([0], Find("nkie", options));
        Assert.Empty(Find("nik", options)); // too short
        Assert.Empty(Find("ike", options)); // the first letter must be right
        Assert.Equal([8], Find("belt", options)); // is a word: nothing to correct
    }

    [Fact]
    public void Smart_chinese_finds_what_was_cut_differently_by_its_characters()
    {
        var smart = new TitleIndexOptions { Analysis = new() { Chinese = ChineseWords.SmartCn } };
        Assert.Equal([2, 3], Find("手机", smart).Order());
        Assert.Equal([2], Find("手机壳", smart));
        Assert.Equal([0], Find("跑鞋", smart));
        var withoutIcu = new TitleIndexOptions { Analysis = new() { Chinese = ChineseWords.SmartCn, TraditionalAsSimplified = false } };
        Assert.Equal([2], Find("手機殼", withoutIcu));
    }

    [Fact]
    public void Without_characters_only_whole_words_are_found()
    {
        Assert.Equal([5], Find("茶", new TitleIndexOptions()));
        Assert.Empty(Find("茶", new TitleIndexOptions { CharacterWeight = 0f }));
    }

    [Fact]
    public void The_parts_that_it_is_built_in_make_no_difference() =>
        Gen.Select(Gen.Int[0, 5].Array[0, 5].Array[1, 30], Gen.Int[0, 5].Array[1, 3], Gen.Int[2, 4]).Sample((titles, query, parts) =>
        {
            string[] words = ["red", "shoes", "手机", "壳", "绿茶", "wh-1000xm4"];
            var catalog = Items([.. titles.Select(t => string.Join(' ', t.Select(w => words[w])))]);
            var options = new TitleIndexOptions { MinMatch = 0f };
            using var one = TitleIndex.Build(catalog, options, 1, CancellationToken.None);
            using var many = TitleIndex.Build(catalog, options, parts, CancellationToken.None);
            string text = string.Join(' ', query.Select(w => words[w]));
            var (rows, scores, rowsOfMany, scoresOfMany) = (new int[40], new float[40], new int[40], new float[40]);
            int found = one.Search(text, rows, scores);
            Assert.Equal(found, many.Search(text, rowsOfMany, scoresOfMany));
            Assert.Equal(titles.Count(t => t.Intersect(query).Any()), found);
            Assert.Equal(rows, rowsOfMany);
            Assert.All(scores.Zip(scoresOfMany), p => Assert.Equal(p.First, p.Second, 1e-5f));
            Assert.All(scores[..found].Zip(scores[1..Math.Max(found, 1)]), p => Assert.True(p.First >= p.Second));
        }, iter: 50);

    [Fact]
    public void Every_title_finds_itself() =>
        Gen.Char["手機殼防摔透明保護套蘋果绿茶女鞋 abcNike15-"].Array[1, 12].Array[1, 12].Sample(titles =>
        {
            string[] texts = [.. titles.Select(t => new string(t))];
            using var index = TitleIndex.Build(Items(texts), new TitleIndexOptions { MinMatch = 1f });
            for (int row = 0; row < texts.Length; row++)
            {
                if (!texts[row].Any(char.IsLetterOrDigit)) continue;
                var (rows, scores) = (new int[texts.Length], new float[texts.Length]);
                int found = index.Search(texts[row], rows, scores);
                Assert.Contains(row, rows[..found]);
                Assert.All(scores[..found], s => Assert.True(s > 0f && float.IsFinite(s)));
            }
        }, iter: 50);

    [Fact]
    public void No_query_fails()
    {
        using var index = TitleIndex.Build(Items(Shop), new TitleIndexOptions { MaxTypos = 2 });
        TextAnalysisTests.AnyText.Sample(text =>
        {
            var (rows, scores) = (new int[20], new float[20]);
            Assert.InRange(index.Search(text, rows, scores), 0, Shop.Length);
        }, iter: 3000);
    }

    [Fact]
    public void No_title_fails() => TextAnalysisTests.AnyText.Array[1, 4].Sample(titles => TitleIndex.Build(Items(titles)).Dispose(), iter: 100);

    [Fact]
    public void What_can_not_be_is_refused()
    {
        Assert.Contains("'title'", Assert.Throws<ArgumentException>(() => TitleIndex.Build(TestRequests.Catalog(2))).Message, StringComparison.Ordinal);
        foreach (var options in new TitleIndexOptions[] { new() { K1 = -1f }, new() { B = 2f }, new() { MinMatch = float.NaN }, new() { MaxTypos = 3 }, new() { BrandWeight = -1f }, new() { Analysis = new() { Chinese = (ChineseWords)9 } } })
            Assert.Throws<ArgumentException>(() => TitleIndex.Build(Items(Shop), options));
        using var index = TitleIndex.Build(Items(Shop));
        Assert.Throws<ArgumentException>(() => index.Search("nike", new int[2], new float[3]));
        Assert.Throws<OperationCanceledException>(() => TitleIndex.Build(Items(Shop), cancellationToken: new CancellationToken(true)));
    }

    private static int[] Find(string? query, TitleIndexOptions? options = null)
    {
        using var index = TitleIndex.Build(Items(Shop), options);
        var (rows, scores) = (new int[20], new float[20]);
        return rows[..index.Search(query, rows, scores)];
    }

    private static Catalog Items(string?[] titles) => TestRequests.Catalog(titles.Length, TextColumn.Encode("title", titles));
}
