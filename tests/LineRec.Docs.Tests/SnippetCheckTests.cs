namespace LineRec.Docs.Tests;

/// <summary>The comparison itself, on made-up pages.</summary>
public class SnippetCheckTests
{
    private const string Source = "class A\n{\n    void B()\n    {\n        #region use\n        int x = 1;\n\n        if (x > 0)\n            x++;\n        #endregion\n    }\n}\n";
    private const string Shown = "int x = 1;\n\nif (x > 0)\n    x++;\n";

    private static readonly Dictionary<string, Region> Regions = Region.In(Source).ToDictionary(r => r.Name);

    [Fact]
    public void A_region_is_read_without_its_indentation() => Assert.Equal(Shown, Regions["use"].Text);

    [Fact]
    public void A_block_that_equals_its_region_is_right() =>
        Assert.Empty(SnippetCheck.Wrong($"# T\n\n[snippet]: # (use)\n```csharp\n{Shown}```\n", Regions));

    [Theory]
    [InlineData("[snippet]: # (use)\n```csharp\nint x = 2;\n```\n", "'use' differs")]
    [InlineData("[snippet]: # (other)\n```csharp\nint x = 1;\n```\n", "No '#region other'")]
    [InlineData("```csharp\nint x = 1;\n```\n", "has no '[snippet]: # (name)'")]
    public void A_block_that_is_not_compiled_is_named(string markdown, string sentence) =>
        Assert.Contains(sentence, Assert.Single(SnippetCheck.Wrong(markdown, Regions)), StringComparison.Ordinal);

    [Fact]
    public void Updating_a_page_makes_it_right()
    {
        string page = SnippetCheck.Update("a\n[snippet]: # (use)\n```csharp\nold\n```\nb\n[snippet]: # (use)\n```csharp\n```\n", Regions);

        Assert.Empty(SnippetCheck.Wrong(page, Regions));
        Assert.StartsWith("a\n[snippet]", page, StringComparison.Ordinal);
        Assert.Contains("```\nb\n", page, StringComparison.Ordinal);
    }
}
