namespace LineRec.Onnx;

/// <summary>
/// Embeddings of a catalog's texts as a table [items, dimension] that is aligned with the catalog: tables/{Table}.npy of an
/// <see cref="Features.ItemTableFeature"/>, or the vectors that a search finds titles by.
/// </summary>
public static class TextTable
{
    private const int TextsOfBlock = 1024; // what a crash or a cancellation costs at most

    /// <summary>
    /// Writes the table. Texts that the cache doesn't have are encoded, each once, and added to it block by block: a run that was stopped goes on
    /// where it was. Memory is bounded by the cache's keys and some bytes a text.
    /// </summary>
    /// <param name="path">The .npy file; written aside and renamed. Open it with <see cref="NpyMatrix{T}.Open"/>.</param>
    /// <param name="encoder">The model.</param>
    /// <param name="texts">The texts, such as <see cref="Catalog.Title"/>; a missing one, or one without any token, gets a row of zeros.</param>
    /// <param name="cache">The vectors of earlier runs; null to encode all.</param>
    /// <param name="progress">Hears after each block.</param>
    /// <param name="cancellationToken">Stops between blocks.</param>
    /// <exception cref="ArgumentException">The cache is of another dimension.</exception>
    public static TextTableReport Write(string path, BertTextEncoder encoder, TextColumn texts, TextEmbeddingCache? cache = null, IProgress<TextTableReport>? progress = null, CancellationToken cancellationToken = default)
    {
        if (cache is not null) return WriteWith(path, encoder, texts, cache, progress, cancellationToken);
        string passing = path + ".cache.tmp";
        File.Delete(passing);
        try
        {
            using var once = TextEmbeddingCache.Open(passing, encoder.Dimension);
            return WriteWith(path, encoder, texts, once, progress, cancellationToken);
        }
        finally
        {
            File.Delete(passing);
        }
    }

    private static TextTableReport WriteWith(string path, BertTextEncoder encoder, TextColumn texts, TextEmbeddingCache cache, IProgress<TextTableReport>? progress, CancellationToken cancellationToken)
    {
        if (cache.Dimension != encoder.Dimension) throw new ArgumentException($"The cache holds vectors of {cache.Dimension} values; the encoder makes {encoder.Dimension}. Use a file for each dimension.", nameof(cache));
        var missing = new List<string>();
        foreach (string text in texts.Values)
        {
            if (!cache.Contains(encoder.Fingerprint, text)) missing.Add(text);
        }

        var report = new TextTableReport(texts.Count, texts.Codes.Count(TextColumn.Missing), texts.Values.Length, texts.Values.Length - missing.Count, 0);
        missing.Sort((a, b) => a.Length != b.Length ? a.Length.CompareTo(b.Length) : string.CompareOrdinal(a, b)); // texts of like length share a run
        float[] vectors = new float[Math.Min(TextsOfBlock, missing.Count) * encoder.Dimension];
        for (int first = 0; first < missing.Count; first += TextsOfBlock)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var block = missing.GetRange(first, Math.Min(TextsOfBlock, missing.Count - first));
            var made = vectors.AsSpan(0, block.Count * encoder.Dimension);
            encoder.Encode(block, made);
            cache.Add(encoder.Fingerprint, block, made);
            report = report with { Encoded = first + block.Count };
            progress?.Report(report);
        }

        WriteRows(path, encoder, texts, cache, cancellationToken);
        return report;
    }

    private static void WriteRows(string path, BertTextEncoder encoder, TextColumn texts, TextEmbeddingCache cache, CancellationToken cancellationToken) => DurableFile.Replace(path, aside =>
    {
        using var writer = new NpyWriter<float>(aside, texts.Count, encoder.Dimension);
        float[] vector = new float[encoder.Dimension];
        for (int row = 0; row < texts.Count; row++)
        {
            if (row % TextsOfBlock == 0) cancellationToken.ThrowIfCancellationRequested();
            if (texts[row] is not { } text) Array.Clear(vector);
            else if (!cache.TryGet(encoder.Fingerprint, text, vector)) throw new InvalidOperationException($"The cache lost the vector of '{text}'.");
            writer.Write(vector);
        }

        writer.Complete();
    });
}
