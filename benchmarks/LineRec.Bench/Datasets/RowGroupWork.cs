using ParquetSharp;

namespace LineRec.Bench.Datasets;

/// <summary>Gives the row groups of a folder's files to threads, one at a time.</summary>
internal static class RowGroupWork
{
    /// <summary>Reads all row groups.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="threads">How many threads.</param>
    /// <param name="open">Opens a file for a thread.</param>
    /// <param name="read">Reads a row group of it, and returns the rows.</param>
    /// <param name="close">Closes it.</param>
    public static long Run<T>(string folder, int threads, Func<string, T> open, Func<T, int, long> read, Action<T> close)
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
            var files = new Dictionary<string, T>();
            for (int i = Interlocked.Increment(ref next); i < groups.Count; i = Interlocked.Increment(ref next))
            {
                var (file, group) = groups[i];
                if (!files.TryGetValue(file, out var reader)) files[file] = reader = open(file);
                Interlocked.Add(ref rows, read(reader, group));
            }

            foreach (var reader in files.Values) close(reader);
        })).ToList();
        foreach (var worker in workers) worker.Start();
        foreach (var worker in workers) worker.Join();
        return rows;
    }
}
