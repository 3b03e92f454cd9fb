namespace LineRec.Docs.Tests;

/// <summary>What the pages show is what Snippets/ compiles and runs. UPDATE_SNIPPETS=1 writes the regions into the pages.</summary>
public class SnippetTests
{
    public static TheoryData<string> Pages => [.. Repository.Pages.Select(p => Path.GetRelativePath(Repository.Root, p).Replace('\\', '/'))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_csharp_of_a_page_is_a_compiled_region(string page)
    {
        string file = Path.Combine(Repository.Root, page);
        if (Environment.GetEnvironmentVariable("UPDATE_SNIPPETS") == "1") File.WriteAllText(file, SnippetCheck.Update(File.ReadAllText(file), Region.All));

        Assert.Empty(SnippetCheck.Wrong(File.ReadAllText(file), Region.All));
    }

    [Fact]
    public void Every_region_is_shown_on_a_page()
    {
        var shown = Repository.Pages.SelectMany(p => Fence.In(File.ReadAllText(p))).Select(f => f.Snippet);

        Assert.Empty(Region.All.Keys.Except(shown));
    }

    [Fact]
    public void The_readme_shows_snippets() => Assert.NotEmpty(Fence.In(File.ReadAllText(Path.Combine(Repository.Root, "README.md"))));
}
