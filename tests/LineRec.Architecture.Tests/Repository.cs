namespace LineRec.Architecture.Tests;

/// <summary>Finds the repository that the tests were built in.</summary>
internal static class Repository
{
    /// <summary>The folder that holds LineRec.sln.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "LineRec.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds LineRec.sln; run the tests from their build output.");
    }
}
