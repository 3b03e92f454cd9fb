namespace LineRec.Recipes;

/// <summary>One share of a log that was counted: a folder with the counts, and <c>fit.json</c>, which is written last.</summary>
internal sealed record FitShare
{
    private const string FileName = "fit.json", CountsName = "counts";

    /// <summary>Which share, from 1.</summary>
    public required int Shard { get; init; }

    /// <summary>How many shares there are.</summary>
    public required int Shards { get; init; }

    /// <summary>The last day that counts.</summary>
    public required string Date { get; init; }

    /// <summary>What it was counted from, by name: what all shares of a fit have in common.</summary>
    public required SortedDictionary<string, string> Inputs { get; init; }

    /// <summary>Whether the log has impressions: they decide which features there are.</summary>
    public required bool HasImpressions { get; init; }

    /// <summary>Rows of the log that were read.</summary>
    public required long Rows { get; init; }

    /// <summary>Bytes of the counts: what moves to the one that merges.</summary>
    public required long StateBytes { get; init; }

    /// <summary>The SHA-256 of the counts.</summary>
    public required string Counts { get; init; }

    /// <summary>Where a share's counts lie.</summary>
    public static string CountsFile(string folder) => Path.Combine(folder, CountsName);

    /// <summary>Reads a share that was counted.</summary>
    /// <exception cref="RecipeException">The folder holds none, or not the counts that it tells of.</exception>
    public static FitShare Read(string folder) => Find(folder) ?? throw new RecipeException(
        RecipeFault.NotReady, $"'{folder}' holds no share that was counted to its end. Wait for its 'linerec fit --shard', or run it (again), and merge then.");

    /// <summary>Reads a share; null where there is none whose counts are whole. O(bytes).</summary>
    public static FitShare? Find(string folder)
    {
        string file = Path.Combine(folder, FileName), counts = CountsFile(folder);
        try
        {
            return File.Exists(file) && File.Exists(counts) && RecipeJson.Read<FitShare>(file) is var share && share.Counts == FileFingerprint.Of(counts) ? share : null;
        }
        catch (InvalidDataException)
        {
            return null; // a damaged record vouches for nothing
        }
    }

    /// <summary>Writes the record beside the counts.</summary>
    public void Write(string folder) => RecipeJson.Replace(Path.Combine(folder, FileName), this);
}
