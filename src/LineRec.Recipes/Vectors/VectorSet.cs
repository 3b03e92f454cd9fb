using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using LineRec.Preparation;

namespace LineRec.Recipes;

/// <summary>Vectors and the id of each row. An empty id is a row without an item: one that is gone.</summary>
internal sealed class VectorSet : IDisposable
{
    private readonly string[] _ids;

    /// <param name="vectors">[rows, dimension]; disposed with the set.</param>
    /// <param name="ids">An id a row, none twice.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="InvalidDataException">There are more or fewer ids than rows, or one comes twice.</exception>
    public VectorSet(NpyMatrix<float> vectors, string[] ids, string name)
    {
        (Vectors, _ids, Name) = (vectors, ids, name);
        if (ids.Length != vectors.Rows) throw new InvalidDataException($"'{name}' has {vectors.Rows} vectors and {ids.Length} ids. Both must be of one 'linerec embed' or 'linerec index --update'.");
        Rows = new Dictionary<string, int>(ids.Length, StringComparer.Ordinal);
        for (int row = 0; row < ids.Length; row++)
        {
            if (ids[row].Length > 0 && !Rows.TryAdd(ids[row], row)) throw new InvalidDataException($"'{name}' has the id '{ids[row]}' twice. Write it anew by 'linerec embed'.");
        }
    }

    public NpyMatrix<float> Vectors { get; }

    public IReadOnlyList<string> Ids => _ids;

    /// <summary>Each item's row.</summary>
    public Dictionary<string, int> Rows { get; }

    public string Name { get; }

    /// <summary>Reads what <c>linerec embed</c> wrote into a folder, or a bundle's item vectors.</summary>
    /// <param name="path">The folder of items.npy and items.txt, a bundle's folder, or a root of published bundles.</param>
    /// <exception cref="RecipeException">The bundle has no item vectors.</exception>
    public static VectorSet Open(string path) =>
        File.Exists(Path.Combine(path, VectorFiles.ItemsName + ".txt")) ? OpenFile(Path.Combine(path, VectorFiles.ItemsName + ".npy")) : VectorFiles.OpenItems(path);

    /// <summary>Reads a .npy file and the ids beside it.</summary>
    /// <param name="file">NAME.npy; the ids are in NAME.txt, one a line.</param>
    /// <exception cref="FileNotFoundException">One of them isn't there.</exception>
    public static VectorSet OpenFile(string file)
    {
        string ids = IdsOf(file);
        foreach (string needed in new[] { file, ids }.Where(f => !File.Exists(f)))
            throw new FileNotFoundException($"There is no file '{needed}'. Vectors are NAME.npy, with the id of each row a line of NAME.txt, as 'linerec embed' writes them.", needed);
        var vectors = NpyMatrix<float>.Open(file);
        try
        {
            return new VectorSet(vectors, File.ReadAllLines(ids), file);
        }
        catch
        {
            vectors.Dispose();
            throw;
        }
    }

    /// <summary>Writes NAME.npy and NAME.txt; what is there is replaced.</summary>
    /// <param name="file">NAME.npy.</param>
    /// <param name="vectors">[rows, dimension].</param>
    /// <param name="ids">An id a row.</param>
    public static void Write(string file, NpyMatrix<float> vectors, IReadOnlyList<string> ids) => Replace(file, ids, vectors.Save);

    /// <summary>Writes files that hold the rows of others one after the other; what is there is replaced.</summary>
    /// <param name="file">NAME.npy.</param>
    /// <param name="parts">The .npy files, in their order, each with the ids beside it.</param>
    public static void Join(string file, IReadOnlyList<string> parts) => Replace(file, parts.SelectMany(p => File.ReadLines(IdsOf(p))), path => ShardedRows.Join(path, parts));

    /// <summary>Writes NAME.npy and NAME.txt of some rows; what is there is replaced.</summary>
    /// <param name="file">NAME.npy.</param>
    /// <param name="first">The first row.</param>
    /// <param name="count">How many.</param>
    public void WriteRows(string file, int first, int count) => Replace(file, _ids.Skip(first).Take(count), path =>
    {
        using var writer = new NpyWriter<float>(path, count, Vectors.Columns);
        for (int row = first; row < first + count; row++) writer.Write(Vectors[row]);
        writer.Complete();
    });

    /// <summary>The SHA-256 of ids and vectors in their order. O(bytes).</summary>
    public string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int row = 0; row < _ids.Length; row++)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(_ids[row] + "\n"));
            hash.AppendData(MemoryMarshal.AsBytes(Vectors[row]));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <inheritdoc/>
    public void Dispose() => Vectors.Dispose();

    private static string IdsOf(string file) => Path.ChangeExtension(file, ".txt");

    /// <summary>Vectors without ids are none: a killed process leaves the old ones, the new ones, or none.</summary>
    private static void Replace(string file, IEnumerable<string> ids, Action<string> save)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        string names = IdsOf(file);
        save(file + ".new");
        File.WriteAllLines(names + ".new", ids);
        File.Delete(names);
        File.Move(file + ".new", file, overwrite: true);
        File.Move(names + ".new", names);
    }
}
