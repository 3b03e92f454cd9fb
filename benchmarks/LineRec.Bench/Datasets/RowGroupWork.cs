using ParquetSharp;

namespace LineRec.Bench.Datasets;

/// <summary>Gives the row groups of a folder's files to threads, one at a time.</summary>
internal static class RowGroupWork
{
    /// <summary>Reads all row groups.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="threads">How many threads.</param>
    /// <param name="read">Makes a thread's reader of (file, row group), which returns the rows.</param>
    public static long Run(string folder, int threads, Func<(Func<string, int, long> Read, Action End)> read)
    {
        var groups = new List<(string File, int Group)>();
        foreach (string file in Directory.GetFiles(folder, "*.parquet").Order(StringComparer.Ordinal))
        {
            using var reader = new ParquetFileReader(file);
            for (int g = 0; g < reader.FileMetaData.NumRowGroups; g++) groups.Add((file, g));
        }

        long rows = 0;
        int next = -1;
        var workers = Enumerable.Range(0, threads).Select(_ => new Thread(() =>
        {
            var (one, end) = read();
            for (int i = Interlocked.Increment(ref next); i < groups.Count; i = Interlocked.Increment(ref next)) Interlocked.Add(ref rows, one(groups[i].File, groups[i].Group));
            end();
        })).ToList();
        foreach (var worker in workers) worker.Start();
        foreach (var worker in workers) worker.Join();
        return rows;
    }
}
