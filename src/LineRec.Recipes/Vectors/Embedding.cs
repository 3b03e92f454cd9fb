using System.Globalization;

namespace LineRec.Recipes;

/// <summary>
/// The vectors of a bundle's items and of users, by one process or by several that each take a share of both: the same bytes either way. A share's files are those of its items and users alone.
/// </summary>
/// <param name="bundle">A bundle's folder, or a root.</param>
/// <param name="asked">The users; null: items only.</param>
internal sealed class Embedding(string bundle, UsersAsked? asked)
{
    private static readonly ShareFolders<EmbeddedShare> Folders = new("embed", "--bundle");

    /// <summary>Puts the shares together.</summary>
    /// <param name="bundle">The bundle that they were made from: its folder, or a root.</param>
    /// <param name="folders">The shares' folders, in any order.</param>
    /// <param name="output">Receives what <see cref="Run"/> would have written.</param>
    /// <exception cref="RecipeException">A share is missing or twice there, or they weren't made from the same, this bundle, by this code.</exception>
    public static EmbeddedVectors Merge(string bundle, IReadOnlyList<string> folders, string output)
    {
        var shares = Folders.ReadAll(folders);
        using (var snapshot = BundleReader.Open(bundle)) Folders.RequireOf(shares[0], Inputs(snapshot), bundle);
        return new EmbeddedVectors(Join(VectorFiles.ItemsName)!, Join(VectorFiles.UsersName));

        VectorsWritten? Join(string name)
        {
            string file = VectorFiles.FileOf(output, name);
            if (!shares[0].Share.Files.ContainsKey(Path.GetFileName(file))) return null;
            VectorSet.Join(file, [.. shares.Select(s => VectorFiles.FileOf(s.Folder, name))]);
            using var joined = NpyMatrix<float>.Open(file);
            return new VectorsWritten(file, joined.Rows, joined.Columns, name == VectorFiles.UsersName ? shares.Sum(s => s.Share.Result.Skipped) : 0);
        }
    }

    /// <summary>Embeds all by this process alone.</summary>
    /// <param name="folder">Receives items.npy and items.txt and, where users are asked for, users.npy and users.txt; what is there is replaced.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RecipeException">The bundle has no item vectors, or the log no events.</exception>
    public EmbeddedVectors Run(string folder, IProgress<double> progress, CancellationToken cancellationToken)
    {
        using var snapshot = BundleReader.Open(bundle);
        return Write(snapshot, ShareNumber.Whole, Until(), folder, progress, cancellationToken);
    }

    /// <summary>Embeds a share of the items and users. One that is there already, of the same bundle, users, log, time and code, is left as it is.</summary>
    /// <param name="number">Which share.</param>
    /// <param name="folder">Its folder: what <see cref="Run"/> writes, of the share's items and users alone.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The share, and whether it was made now.</returns>
    /// <exception cref="RecipeException">The bundle has no item vectors, or the log no events.</exception>
    public (Share<EmbeddedShare> Share, bool Ran) Make(ShareNumber number, string folder, IProgress<double> progress, CancellationToken cancellationToken)
    {
        using var snapshot = BundleReader.Open(bundle);
        var until = Until();
        var inputs = Inputs(snapshot);
        if (asked is not null)
        {
            inputs["users"] = FileFingerprint.OfText(string.Join('\n', asked.Users));
            inputs["time"] = until.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
            inputs["log"] = LogFingerprint.OfEnds(asked.Data, DateOnly.FromDateTime(until.UtcDateTime.AddTicks(-1)));
        }

        return Folders.Make(number, inputs, folder, () =>
        {
            var (items, users) = Write(snapshot, number, until, folder, progress, cancellationToken);
            string[] files = [.. new[] { items, users }.OfType<VectorsWritten>().Select(v => Path.GetFileName(v.File)).SelectMany(f => new[] { f, Path.ChangeExtension(f, ".txt") })];
            return (new EmbeddedShare(items.Rows, users?.Rows ?? 0, users?.Skipped ?? 0), files);
        });
    }

    private static SortedDictionary<string, string> Inputs(ModelSnapshot snapshot) => new(StringComparer.Ordinal) { ["bundle"] = snapshot.Fingerprint, ["code"] = CodeVersion.Current };

    private EmbeddedVectors Write(ModelSnapshot snapshot, ShareNumber share, DateTimeOffset until, string folder, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var items = VectorFiles.WriteItems(snapshot, share, folder);
        if (asked is null) return new EmbeddedVectors(items, null);
        var (first, count) = share.Of(asked.Users.Count);
        string[] users = [.. asked.Users.Skip(first).Take(count)];
        var histories = ServedLog.Histories(asked.Data, until, users.ToHashSet(StringComparer.Ordinal));
        return new EmbeddedVectors(items, VectorFiles.WriteUsers(snapshot, histories, users, until, folder, progress, cancellationToken));
    }

    /// <summary>The instant before which users' events count.</summary>
    private DateTimeOffset Until() => asked is null ? default : asked.Time ?? ServedLog.EndOf(asked.Data) ?? throw new RecipeException(RecipeFault.Input, $"'{asked.Data}' holds no events.");
}
