using System.Text;

namespace LineRec.PublicApi.Tests;

/// <summary>Says how a public API differs from the approved one, and how to approve it.</summary>
internal static class Difference
{
    public static string Describe(string package, string approved, string actual)
    {
        var text = new StringBuilder($"The public API of {package} isn't the approved one:\n");
        foreach (string line in Lines(approved.Split('\n'), actual.Split('\n'))) text.Append(line).Append('\n');
        return text.Append("If that is meant, approve it in the same commit:\n")
            .Append("  UPDATE_API=1 dotnet run -c Release --project tests/LineRec.PublicApi.Tests").ToString();
    }

    /// <summary>The lines outside the longest common subsequence, "- " for those that went and "+ " for those that came. O(lines²).</summary>
    private static IEnumerable<string> Lines(string[] before, string[] after)
    {
        var common = new int[before.Length + 1, after.Length + 1];
        for (int i = before.Length - 1; i >= 0; i--)
        {
            for (int j = after.Length - 1; j >= 0; j--)
                common[i, j] = before[i] == after[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }

        int from = 0, to = 0;
        while (from < before.Length || to < after.Length)
        {
            if (from < before.Length && to < after.Length && before[from] == after[to]) (from, to) = (from + 1, to + 1);
            else if (to == after.Length || (from < before.Length && common[from + 1, to] >= common[from, to + 1])) yield return $"- {before[from++].Trim()}";
            else yield return $"+ {after[to++].Trim()}";
        }
    }
}
