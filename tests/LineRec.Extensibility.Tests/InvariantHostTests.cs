using LineRec.Retrieval.Text;

namespace LineRec.Extensibility.Tests;

/// <summary>These tests run as a host does that knows the invariant culture only, as many containers are.</summary>
public class InvariantHostTests
{
    [Fact]
    public async Task A_search_that_needs_cultures_says_what_to_set()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => TestHost.StartAsync(p => p.Retrieve(r => r.Search(10))));

        Assert.Contains("<PredefinedCulturesOnly>false</PredefinedCulturesOnly>", error.Message, StringComparison.Ordinal);
        Assert.Contains("SmartCn", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_search_without_icu_runs()
    {
        var catalog = new Catalog(["a", "b"], [TextColumn.Encode(CatalogColumns.Title, ["Nike 男子跑鞋", "小米手机壳 ワイヤレス"])]);
        using var titles = TitleIndex.Build(catalog, new() { MaxTypos = 1, Analysis = new() { Chinese = ChineseWords.SmartCn, TraditionalAsSimplified = false } });
        var (rows, scores) = (new int[2], new float[2]);

        Assert.Equal(1, titles.Search("手机", rows, scores));
        Assert.Equal(1, rows[0]);
        Assert.Equal(1, titles.Search("nkie", rows, scores));
        Assert.Equal(0, rows[0]);
        Assert.Equal(1, titles.Search("ワイヤレス", rows, scores));
    }
}
