using System.Text;
using LineRec.MiniLm;

namespace LineRec.Onnx.Tests.Text;

/// <summary>Token ids are those of the tokeniser that the model was published with.</summary>
public class BertTokensTests
{
    private const int Unlimited = 1000;

    public static TheoryData<string> Texts =>
    [
        "A man is eating food.", "Café crème brûlée à l'école", "Ünïcödé Ångström Ñandú", "iPhone 15 手机壳 防摔", "你好，世界！", "日本語のテキスト ガギグ",
        "한국어 텍스트", "👟 running shoes 🔥🔥", "👨‍👩‍👧‍👦 family", "donaudampfschifffahrtsgesellschaft", "", "   ", "\t\n", "\0abc\uFFFDdef", "don't can't", "$19.99 50% off!!!",
        "AT&T R2-D2 C++ ~`^=<>|", "İstanbul ISTANBUL ıstanbul", "straße STRASSE", "ﬁne ｆｕｌｌｗｉｄｔｈ", "x²+y₂", "𠀀𠀁 ext", "zero\u200bwidth\u00adsoft", "ΑΒΓ ά ΣΊΣΥΦΟΣ",
        "Привет Ёлка", "हिन्दी", "العَرَبِيَّة", "ไทย", "e\u0301 combining", "™®© 20€ £5 ¥100", "—–“”’«»", "a\u00a0b\u3000c\u2028d", "Ⅷ ① ㎏", "Việt Nam đường", "a\u0085b\vc\fd",
        "unaffable ##able [ SEP ]", "\uFA0E\uF900 \U0002F800", "sony wh-1000xm4 (black) 2-pack", "鍋 ボウル 12\" x 3'", "\u1E9B\u0323 \u212B \u2126",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_has_the_published_ids(string text)
    {
        Assert.SkipWhen(PublishedTokenizer.Missing is not null, PublishedTokenizer.Missing ?? "");

        Assert.Equal(PublishedTokenizer.Encode(text), Load().Encode(text));
    }

    [Fact]
    public void Ids_that_are_known_by_heart()
    {
        Assert.SkipWhen(MiniLmFiles.Missing is not null, MiniLmFiles.Missing ?? "");
        var vocabulary = Load();

        Assert.Equal((30_522, 101, 102, 0), (vocabulary.Count, vocabulary.ClsId, vocabulary.SepId, vocabulary.PadId));
        Assert.Equal([101, 7592, 2088, 999, 102], vocabulary.Encode("Hello, world!".Replace(",", "", StringComparison.Ordinal)));
        Assert.Equal([101, 14477, 20961, 3468, 102], vocabulary.Encode("unaffable"));
        Assert.Equal([101, 102], vocabulary.Encode(""));
        Assert.Equal([101, 100, 102], vocabulary.Encode("🔥"));
    }

    [Theory]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(100_000)]
    public void A_word_of_more_than_100_letters_is_unknown(int length)
    {
        Assert.SkipWhen(PublishedTokenizer.Missing is not null, PublishedTokenizer.Missing ?? "");
        string text = $"a {new string('x', length)} b";

        Assert.Equal(PublishedTokenizer.Encode(text), Load().Encode(text));
        Assert.Equal(length > 100, Load().Encode(text).Length == 5);
    }

    /// <summary>The published library knows Unicode 8; marks and punctuation that were added since, of rare scripts, are letters to it.</summary>
    [Fact]
    public void Every_character_but_some_of_after_2015_has_the_published_ids()
    {
        const int MostYounger = 650, FirstYounger = 0x600;
        Assert.SkipWhen(PublishedTokenizer.Missing is not null, PublishedTokenizer.Missing ?? "");
        var vocabulary = Load();
        var different = new List<Rune>();
        for (int point = 1; point < 0x30000; point++)
        {
            if (!Rune.IsValid(point)) continue;
            string text = $"a{new Rune(point)}b";
            int[] own = vocabulary.Encode(text), published = PublishedTokenizer.Encode(text);
            if (!own.SequenceEqual(published)) different.Add(new Rune(point));
        }

        Assert.InRange(different.Count, 0, MostYounger);
        Assert.DoesNotContain(different, r => Rune.IsLetterOrDigit(r) || r.Value < FirstYounger);
    }

    [Fact]
    public void Any_text_has_the_published_ids()
    {
        Assert.SkipWhen(PublishedTokenizer.Missing is not null, PublishedTokenizer.Missing ?? "");
        var vocabulary = Load();
        var random = new Random(20);
        string[] parts = ["a", "B", "ing", "é", "É", "\u0301", "手", "機", "ガ", "한", "🔥", "\u200d", " ", " ", "\t", "-", "$", "+", "'", "9", "x", "ё", "Σ", "ا", "\u00ad", "。", "²", "𠀀", "ß"];
        for (int i = 0; i < 5000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => parts[random.Next(parts.Length)]));
            Assert.Equal(PublishedTokenizer.Encode(text), vocabulary.Encode(text));
        }
    }

    [Fact]
    public void A_second_implementation_agrees_on_plain_text()
    {
        Assert.SkipWhen(MiniLmFiles.Missing is not null, MiniLmFiles.Missing ?? "");
        var second = new FastBertTokenizer.BertTokenizer();
        using (var reader = File.OpenText(MiniLmFiles.Vocabulary)) second.LoadVocabulary(reader, convertInputToLowercase: true);
        foreach (string text in new[] { "A man is eating food.", "$19.99 50% off!!!", "iPhone 15 手机壳 防摔", "👟 running shoes 🔥🔥", "donaudampfschifffahrtsgesellschaft" })
            Assert.Equal(second.Encode(text, Unlimited).InputIds.ToArray().Select(id => (int)id), Load().Encode(text));
    }

    [Fact]
    public void A_long_text_is_cut_to_its_first_tokens()
    {
        Assert.SkipWhen(MiniLmFiles.Missing is not null, MiniLmFiles.Missing ?? "");
        string text = string.Concat(Enumerable.Repeat("unaffable 手机 ", 100_000));
        int[] whole = Load().Encode(text), cut = Load(maxTokens: 20).Encode(text);

        Assert.Equal(Unlimited, whole.Length);
        Assert.Equal([.. whole.Take(19), 102], cut);
    }

    [Fact]
    public void A_cased_model_keeps_letters_and_accents()
    {
        using var folder = new TestFolder();
        string path = folder.Write("vocab.txt", "[PAD]", "[UNK]", "[CLS]", "[SEP]", "Café", "cafe", "##s");

        Assert.Equal([2, 4, 6, 1, 3], BertVocabulary.Load(path, lowerCase: false, 10).Encode("Cafés CAFE"));
        Assert.Equal([2, 5, 6, 5, 3], BertVocabulary.Load(path, lowerCase: true, 10).Encode("Cafés CAFE"));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_left_out() => Assert.Equal("ab ", BertWords.Cut("a\ud800b", lowerCase: true, mostWords: 9));

    [Fact]
    public void A_vocabulary_that_is_none_is_refused_by_name()
    {
        using var folder = new TestFolder();
        void Refused(string message, string path) =>
            Assert.Contains(message, Assert.Throws<InvalidOperationException>(() => BertVocabulary.Load(path, lowerCase: true, 10)).Message, StringComparison.Ordinal);

        Refused("There is no vocabulary at", folder.PathOf("none.txt"));
        Refused("lacks [CLS], [PAD]", folder.Write("some.txt", "[UNK]", "[SEP]", "a"));
        Refused("has the token 'a' in lines 5 and 7", folder.Write("twice.txt", "[PAD]", "[UNK]", "[CLS]", "[SEP]", "a", "b", "a"));
    }

    private static BertVocabulary Load(int maxTokens = Unlimited) => BertVocabulary.Load(MiniLmFiles.Vocabulary, lowerCase: true, maxTokens);
}
