namespace LineRec.Docs.Tests;

/// <summary>Compares a page's C# with the regions that it names.</summary>
internal static class SnippetCheck
{
    /// <summary>What is wrong with a page, a sentence a block; none when all is right.</summary>
    public static IReadOnlyList<string> Wrong(string markdown, IReadOnlyDictionary<string, Region> regions)
    {
        var wrong = new List<string>();
        foreach (var fence in Fence.In(markdown))
        {
            if (fence.Snippet is null) wrong.Add($"A C# block has no '[snippet]: # (name)' above it:\n{fence.Text}");
            else if (!regions.TryGetValue(fence.Snippet, out var region)) wrong.Add($"No '#region {fence.Snippet}' in tests/LineRec.Docs.Tests/Snippets or samples.");
            else if (region.Text != fence.Text)
                wrong.Add($"'{fence.Snippet}' differs from its region. Write the regions into the pages: UPDATE_SNIPPETS=1 dotnet run -c Release --project tests/LineRec.Docs.Tests");
        }

        return wrong;
    }

    /// <summary>The page with each named block replaced by its region.</summary>
    public static string Update(string markdown, IReadOnlyDictionary<string, Region> regions)
    {
        foreach (var fence in Fence.In(markdown).Reverse())
        {
            if (fence.Snippet is { } name && regions.TryGetValue(name, out var region))
                markdown = markdown[..fence.Start] + region.Text + markdown[(fence.Start + fence.Text.Length)..];
        }

        return markdown;
    }
}
