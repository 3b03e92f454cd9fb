using CsCheck;

namespace LineRec.Retrieval.Text.Tests.Analysis;

public class TextAnalysisTests
{
    [Theory]
    [InlineData("Women's Running Shoes", "women run shoe")]
    [InlineData("Café CRÈME ｆｕｌｌ ＷＩＤＴＨ", "cafe creme full width")]
    [InlineData("WH-1000XM4", "wh1000xm4(wh+1000xm4)")]
    [InlineData("iPhone15", "iphone15(iphon+15)")]
    [InlineData("PS5 3.5mm AT&T u.s.", "ps5 3.5mm at t u s")]
    [InlineData("e\u0301tude -- 'x' - _", "etud x")]
    [InlineData("Привет мир", "привет мир")]
    [InlineData("", "")]
    [InlineData(" \t\r\n!?…—", "")]
    public void Latin_and_other_words_are_folded_and_stemmed(string text, string expected) => Assert.Equal(expected, Words(text, new()));

    [Theory]
    [InlineData(ChineseWords.Icu, "苹果手机壳防摔透明保护套", "苹果 手机 壳 防 摔 透明 保护 套")]
    [InlineData(ChineseWords.SmartCn, "北京大学生前来应聘", "北京 大学生 前来 应聘")]
    [InlineData(ChineseWords.Icu, "日本製 ワイヤレス", "日本 制 ワイヤレス")]
    [InlineData(ChineseWords.SmartCn, "ワイヤレス", "ワイヤレス")]
    public void Chinese_and_kana_are_cut_into_words(ChineseWords chinese, string text, string expected) => Assert.Equal(expected, Words(text, new() { Chinese = chinese }));

    [Fact]
    public void Traditional_characters_count_as_simplified_ones_unless_they_should_not()
    {
        Assert.Equal(Words("苹果手机壳", new()), Words("蘋果手機殼", new()));
        Assert.NotEqual(Words("苹果手机壳", new() { TraditionalAsSimplified = false }), Words("蘋果手機殼", new() { TraditionalAsSimplified = false }));
    }

    [Fact]
    public void Scripts_are_told_apart_without_spaces() => Assert.Equal("nike 跑鞋 air", Words("Nike跑鞋Air", new()));

    [Fact]
    public void Without_stems_words_stay_as_they_are() => Assert.Equal("running shoes", Words("Running Shoes", new() { EnglishStems = false }));

    [Fact]
    public void Any_text_gives_words_of_a_length_that_can_be_indexed() =>
        Gen.Select(AnyText, Gen.Enum<ChineseWords>()).Sample((text, chinese) =>
        {
            var units = new TextAnalysisPool(new() { Chinese = chinese }).Analyse(text);
            Assert.All(units, unit => Assert.All([unit.Word, .. unit.Parts], word => Assert.InRange(word.Length, 1, TextAnalysis.MaxWordLength)));
        }, iter: 2000);

    /// <summary>Halves of surrogate pairs, control characters, all planes, and syntax of query languages.</summary>
    internal static readonly Gen<string> AnyText = Gen.OneOf(
        Gen.Char['\0', '\uFFFF'].Array[0, 40].Select(c => new string(c)),
        Gen.Char["+-&|!(){}[]^\"~*?:\\/ aB1手機。的　'._\uD83D\uDE00\u0301"].Array[0, 60].Select(c => new string(c)),
        Gen.Int[0x10000, 0x10FFFF].Array[0, 10].Select(c => string.Concat(c.Select(char.ConvertFromUtf32))));

    private static string Words(string text, TextAnalysisOptions options) =>
        string.Join(' ', new TextAnalysisPool(options).Analyse(text).Select(u => u.Parts.Length == 0 ? u.Word : $"{u.Word}({string.Join('+', u.Parts)})"));
}
