namespace LineRec.Samples.Shop;

/// <summary>Finds the real logs, where there are any: LINEREC_DATA, else the first ../shared/data going up.</summary>
internal static class SharedData
{
    /// <summary>The folder of a data set, or null, with the reason told.</summary>
    public static string? Find(string dataset, ITestOutputHelper output)
    {
        string? root = Environment.GetEnvironmentVariable("LINEREC_DATA");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); root is null && folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(candidate)) root = candidate;
        }

        string path = Path.Combine(root ?? "../shared/data", dataset);
        if (Directory.Exists(path)) return path;
        output.WriteLine($"skipped: no data at {path}");
        return null;
    }
}
