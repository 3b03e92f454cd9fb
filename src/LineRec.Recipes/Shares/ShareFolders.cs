namespace LineRec.Recipes;

/// <summary>The folders of a verb's shares, each with the share's files and its record, VERB.json. A folder without a record that its files bear out holds no share.</summary>
/// <typeparam name="T">What comes of a share.</typeparam>
/// <param name="verb">The verb that makes shares with <c>--shard</c> and puts them together with <c>--merge</c>.</param>
/// <param name="option">The option that says what shares are made from.</param>
internal sealed class ShareFolders<T>(string verb, string option)
{
    /// <summary>Makes a share. One that is there already, of the same number and inputs, is left as it is.</summary>
    /// <param name="number">Which one.</param>
    /// <param name="inputs">What it is made from: all that its result depends on, by name.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="work">Writes the share's files into the folder, which may not exist yet, and names them.</param>
    /// <returns>The share, and whether it was made now.</returns>
    public (Share<T> Share, bool Ran) Make(ShareNumber number, SortedDictionary<string, string> inputs, string folder, Func<(T Result, string[] Files)> work)
    {
        if (Find(folder) is { } there && (there.Shard, there.Shards) == (number.Shard, number.Shards) && there.Inputs.SequenceEqual(inputs)) return (there, false);
        var (result, files) = work();
        var share = new Share<T>
        {
            Shard = number.Shard,
            Shards = number.Shards,
            Inputs = inputs,
            Result = result,
            Bytes = files.Sum(f => new FileInfo(Path.Combine(folder, f)).Length),
            Files = new(files.ToDictionary(f => f, f => FileFingerprint.Of(Path.Combine(folder, f))), StringComparer.Ordinal),
        };
        RecipeJson.Replace(RecordOf(folder), share);
        return (share, true);
    }

    /// <summary>Reads a share; null where there is none whose files are whole. O(bytes).</summary>
    public Share<T>? Find(string folder)
    {
        try
        {
            return File.Exists(RecordOf(folder)) && RecipeJson.Read<Share<T>>(RecordOf(folder)) is var share && share.Files.All(f => IsAsWritten(Path.Combine(folder, f.Key), f.Value)) ? share : null;
        }
        catch (InvalidDataException)
        {
            return null; // a damaged record vouches for nothing
        }
    }

    /// <summary>Reads all shares of a whole.</summary>
    /// <param name="folders">Their folders, in any order.</param>
    /// <returns>The shares in their order.</returns>
    /// <exception cref="RecipeException">A share is missing or twice there, or they weren't made from the same.</exception>
    public (string Folder, Share<T> Share)[] ReadAll(IEnumerable<string> folders)
    {
        (string Folder, Share<T> Share)[] shares = [.. folders.Select(f => (f, Read(f)))];
        var (firstFolder, first) = shares[0];
        foreach (var (folder, share) in shares)
        {
            string? other = share.Shards != first.Shards ? "number of shares" : Differing(share.Inputs, first.Inputs);
            if (other is not null) throw new RecipeException(RecipeFault.Input, $"'{folder}' and '{firstFolder}' were made with another {other}. Make all shares with the same options, number of shares and build of linerec.");
        }

        if (shares.GroupBy(s => s.Share.Shard).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new RecipeException(RecipeFault.Input, $"{string.Join(" and ", twice.Select(s => $"'{s.Folder}'"))} are both share {twice.Key} of {first.Shards}. Name each share once.");
        int[] missing = [.. Enumerable.Range(1, first.Shards).Except(shares.Select(s => s.Share.Shard))];
        if (missing.Length == 0) return [.. shares.OrderBy(s => s.Share.Shard)];
        throw new RecipeException(
            RecipeFault.NotReady, $"Of {first.Shards} shares {string.Join(", ", missing)} {(missing.Length == 1 ? "isn't" : "aren't")} named. Make what is missing, by 'linerec {verb} --shard {missing[0]}/{first.Shards}', and name all after --merge.");
    }

    /// <summary>Refuses a share that was made from something else than what is at hand.</summary>
    /// <param name="made">The share.</param>
    /// <param name="inputs">What is at hand; inputs of the share that aren't named here aren't compared.</param>
    /// <param name="source">What the option names now.</param>
    /// <exception cref="RecipeException">They differ.</exception>
    public void RequireOf((string Folder, Share<T> Share) made, SortedDictionary<string, string> inputs, string source)
    {
        if (inputs.Keys.FirstOrDefault(k => inputs[k] != made.Share.Inputs.GetValueOrDefault(k)) is { } changed)
            throw new RecipeException(RecipeFault.Input, $"'{made.Folder}' was made from another {changed} than that of '{source}' and this build of linerec. Make all shares anew, or give the {option} that they were made from.");
    }

    private static bool IsAsWritten(string file, string hash) => File.Exists(file) && FileFingerprint.Of(file) == hash;

    /// <summary>Which input differs first; null where all are equal.</summary>
    private static string? Differing(SortedDictionary<string, string> one, SortedDictionary<string, string> other) =>
        one.Keys.Union(other.Keys).FirstOrDefault(k => one.GetValueOrDefault(k) != other.GetValueOrDefault(k));

    private Share<T> Read(string folder) => Find(folder) ?? throw new RecipeException(
        RecipeFault.NotReady, $"'{folder}' holds no share that was made to its end. Wait for its 'linerec {verb} --shard', or run it (again), and merge then.");

    private string RecordOf(string folder) => Path.Combine(folder, verb + ".json");
}
