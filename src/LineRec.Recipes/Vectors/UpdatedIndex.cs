using LineRec.Retrieval;

namespace LineRec.Recipes;

/// <summary>An index that took what has changed of its vectors.</summary>
/// <param name="File">Where it was saved; its vectors and their ids are beside it, as .npy and .txt.</param>
/// <param name="Added">Items that it didn't hold.</param>
/// <param name="Moved">Items with another vector than before.</param>
/// <param name="Gone">Items that it holds no more.</param>
/// <param name="Vectors">How many vectors it holds now.</param>
/// <param name="EmptyRows">Rows of the vectors' file without an item; the next new items take them.</param>
/// <param name="K">How many rows a search was measured with.</param>
/// <param name="RecallBefore">The mean share of the true best K that searches found before.</param>
/// <param name="Recall">The same now.</param>
internal sealed record UpdatedIndex(string File, int Added, int Moved, int Gone, int Vectors, int EmptyRows, int K, double RecallBefore, double Recall)
{
    private const int DrawnQueries = 200, Seed = 1;

    /// <summary>Applies a delta to a saved index and saves it elsewhere, with its vectors and ids.</summary>
    /// <param name="indexFile">The index.</param>
    /// <param name="vectorsFile">The .npy file that it was built from, with the ids beside it.</param>
    /// <param name="deltaFolder">What <see cref="VectorDelta"/> wrote of these vectors.</param>
    /// <param name="file">Where to save the index: another file than <paramref name="indexFile"/>, not of .npy or .txt.</param>
    /// <param name="queriesFile">Queries as they will be asked, a .npy file; null: drawn from the vectors.</param>
    /// <param name="truth">The set whose exact answers count as true; null: the index's own vectors.</param>
    /// <param name="k">Rows a search.</param>
    /// <exception cref="RecipeException">The delta is of other vectors, or the files' names don't do.</exception>
    /// <exception cref="FileNotFoundException">A file isn't there.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or the index isn't of these vectors.</exception>
    public static UpdatedIndex Apply(string indexFile, string vectorsFile, string deltaFolder, string file, string? queriesFile, VectorSet? truth, int k)
    {
        RequireOwnName(indexFile, vectorsFile, file);
        using var before = VectorSet.OpenFile(vectorsFile);
        var delta = VectorDelta.Read(deltaFolder);
        if (delta.Since != before.Fingerprint())
            throw new RecipeException(RecipeFault.Input, $"The delta '{deltaFolder}' says what changed since other vectors than '{vectorsFile}'. Make it by 'linerec embed --since {Path.GetDirectoryName(vectorsFile)}'.");
        using var changed = VectorDelta.OpenChanged(deltaFolder);
        using var queries = queriesFile is null ? null : NpyMatrix<float>.Open(queriesFile);
        if (queries is not null && queries.Columns != before.Vectors.Columns)
            throw new RecipeException(RecipeFault.Input, $"'{queriesFile}' has queries of {queries.Columns} values, and the index vectors of {before.Vectors.Columns}. Give users' vectors of the same bundle.");
        using var index = IvfIndex.Open(indexFile, before.Vectors);
        double recallBefore = RecallOf(index, before, before, queries, k);

        var ids = Change(index, before, changed, VectorDelta.ReadGone(deltaFolder));
        index.CompactAsync().GetAwaiter().GetResult();
        var now = new VectorSet(index.Vectors, [.. ids], file); // the index's own matrix, which goes with it
        double recall = RecallOf(index, now, truth ?? now, queries, k);

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        System.IO.File.Delete(file); // an index is there once its vectors are
        VectorSet.Write(Path.ChangeExtension(file, ".npy"), now.Vectors, now.Ids);
        index.Save(file);
        return new UpdatedIndex(Path.GetFullPath(file), delta.Added, delta.Moved, delta.Gone, index.Count, now.Ids.Count - now.Rows.Count, k, recallBefore, recall);
    }

    /// <summary>Makes the changes. Items keep their rows; new ones take empty rows, then rows after the last.</summary>
    /// <returns>The id of each row.</returns>
    private static List<string> Change(IvfIndex index, VectorSet before, VectorSet changed, string[] gone)
    {
        index.CompactAfter = 0; // once, at the end
        List<string> ids = [.. before.Ids];
        foreach (string item in gone)
        {
            index.Remove(before.Rows[item]);
            ids[before.Rows[item]] = "";
        }

        var empty = new Queue<int>(Enumerable.Range(0, ids.Count).Where(row => ids[row].Length == 0));
        for (int i = 0; i < changed.Ids.Count; i++)
        {
            string item = changed.Ids[i];
            if (!before.Rows.TryGetValue(item, out int row) && !empty.TryDequeue(out row))
            {
                row = ids.Count;
                ids.Add(item);
            }

            ids[row] = item;
            index.Set(row, changed.Vectors[i]);
        }

        return ids;
    }

    /// <summary>The mean share of the true best k that an index finds; 1 where there is nothing to find.</summary>
    private static double RecallOf(IvfIndex index, VectorSet held, VectorSet truth, NpyMatrix<float>? given, int k)
    {
        float[] queries = given is null ? Drawn(truth) : given.Slice(0, given.Rows).ToArray();
        int count = queries.Length / index.Dimension;
        int[] found = new int[count * k], right = new int[count * k];
        float[] scores = new float[count * k];
        index.SearchBatch(queries, k, found, scores);
        new FlatIndex(truth.Vectors, index.Metric).SearchBatch(queries, k, right, scores, new RowSet(truth.Ids.Count, truth.Rows.Values));
        long hits = 0, wanted = 0;
        for (int q = 0; q < count; q++)
        {
            var best = Ids(truth, right.AsSpan(q * k, k));
            wanted += best.Count;
            hits += Ids(held, found.AsSpan(q * k, k)).Count(best.Contains);
        }

        return wanted == 0 ? 1 : (double)hits / wanted;
    }

    private static HashSet<string> Ids(VectorSet set, ReadOnlySpan<int> rows)
    {
        var ids = new HashSet<string>(rows.Length, StringComparer.Ordinal);
        foreach (int row in rows)
        {
            if (row >= 0) ids.Add(set.Ids[row]);
        }

        return ids;
    }

    private static float[] Drawn(VectorSet set)
    {
        var random = new Random(Seed);
        int[] rows = [.. set.Rows.Values.Order()];
        return [.. Enumerable.Range(0, rows.Length == 0 ? 0 : DrawnQueries).SelectMany(_ => set.Vectors[rows[random.Next(rows.Length)]].ToArray())];
    }

    private static void RequireOwnName(string indexFile, string vectorsFile, string file)
    {
        if (Path.GetExtension(file) is ".npy" or ".txt") throw new RecipeException(RecipeFault.Input, $"'{file}' can't be the index's file: its vectors and ids are written beside it as .npy and .txt. Name it items.ivf, say.");
        string[] taken = [indexFile, vectorsFile, Path.ChangeExtension(vectorsFile, ".txt")];
        string[] written = [file, Path.ChangeExtension(file, ".npy"), Path.ChangeExtension(file, ".txt")];
        if (written.Select(Path.GetFullPath).Intersect(taken.Select(Path.GetFullPath)).FirstOrDefault() is { } own)
            throw new RecipeException(RecipeFault.Input, $"'{own}' would be written over while it is read, and an update that is killed would leave half of it. Give another folder to --out, such as one a day.");
    }
}
