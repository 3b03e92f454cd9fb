using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace LineRec.Bench.Vectors;

/// <summary>
/// Reads vectors: NumPy .npy (float32; int32 or int64 for ids), .fvecs and .ivecs (each row: its length as an int32, then its values), plain or .gz.
/// </summary>
internal static class VectorFile
{
    /// <summary>Opens vectors. A plain .npy is mapped; any other file is read and kept as a mapped copy.</summary>
    public static NpyMatrix<float> Vectors(string path)
    {
        switch (KindOf(path))
        {
            case "npy" when !IsZipped(path): return NpyMatrix<float>.Open(path);
            case "npy":
                string copy = Unzip(path);
                try
                {
                    return NpyMatrix<float>.Open(copy);
                }
                finally
                {
                    File.Delete(copy);
                }

            case "fvecs":
                var (values, columns) = Rows(path);
                var floats = values.ConvertAll(row => MemoryMarshal.Cast<int, float>(row).ToArray());
                return MappedCopy.Create(floats.Count, columns, floats);
            default: throw new InvalidDataException($"'{path}' isn't named as a file of vectors; .npy or .fvecs is needed, plain or with .gz after it.");
        }
    }

    /// <summary>Opens ids, row after row.</summary>
    public static (int[] Ids, int Columns) Ids(string path)
    {
        switch (KindOf(path))
        {
            case "npy":
                string copy = IsZipped(path) ? Unzip(path) : path;
                try
                {
                    return Ids(copy, path);
                }
                finally
                {
                    if (copy != path) File.Delete(copy);
                }

            case "ivecs":
                var (rows, columns) = Rows(path);
                return ([.. rows.SelectMany(row => row)], columns);
            default: throw new InvalidDataException($"'{path}' isn't named as a file of ids; .ivecs or .npy is needed, plain or with .gz after it.");
        }
    }

    private static bool IsZipped(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    private static string KindOf(string path)
    {
        if (!File.Exists(path)) throw new FileNotFoundException($"There is no file '{path}'.", path);
        return Path.GetExtension(IsZipped(path) ? path[..^3] : path).TrimStart('.').ToLowerInvariant();
    }

    private static string Unzip(string path)
    {
        string copy = Path.Combine(Path.GetTempPath(), $"linerec-bench-{Guid.NewGuid():N}.npy");
        using var from = Open(path);
        using var to = File.Create(copy);
        from.CopyTo(to);
        return copy;
    }

    private static Stream Open(string path) => IsZipped(path) ? new GZipStream(File.OpenRead(path), CompressionMode.Decompress) : File.OpenRead(path);

    private static (int[] Ids, int Columns) Ids(string npy, string name)
    {
        string type;
        using (var stream = File.OpenRead(npy)) type = NpyHeader.Read(stream, name).Type;
        if (type != "<i8")
        {
            using var ids = NpyMatrix<int>.Open(npy);
            return (ids.Slice(0, ids.Rows).ToArray(), ids.Columns);
        }

        using var wide = NpyMatrix<long>.Open(npy);
        return ([.. wide.Slice(0, wide.Rows).ToArray().Select(id => checked((int)id))], wide.Columns);
    }

    private static (List<int[]> Rows, int Columns) Rows(string path)
    {
        using var stream = new BufferedStream(Open(path), 1 << 20);
        var rows = new List<int[]>();
        int columns = 0;
        var length = new byte[4];
        while (true)
        {
            int got = stream.ReadAtLeast(length, 4, throwOnEndOfStream: false);
            if (got == 0) break;
            int own = got < 4 ? -1 : BinaryPrimitives.ReadInt32LittleEndian(length);
            if (own is < 1 or > 1 << 20) throw new InvalidDataException($"'{path}', row {rows.Count}: says that it has {own} values; 1 to {1 << 20} are possible. The file is damaged or of another format.");
            if (rows.Count > 0 && own != columns) throw new InvalidDataException($"'{path}', row {rows.Count}: has {own} values; the rows before it have {columns}.");
            columns = own;
            var row = new int[own];
            var bytes = MemoryMarshal.AsBytes(row.AsSpan());
            if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length) throw new InvalidDataException($"'{path}' ends within row {rows.Count}. It was cut off; fetch it anew.");
            rows.Add(row);
        }

        if (rows.Count == 0) throw new InvalidDataException($"'{path}' is empty.");
        return (rows, columns);
    }
}
