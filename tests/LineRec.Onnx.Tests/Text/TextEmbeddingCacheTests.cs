namespace LineRec.Onnx.Tests.Text;

public sealed class TextEmbeddingCacheTests : IDisposable
{
    private const string Model = "model-1";
    private const int HeadLength = 32, BlockOfOne = 8 + 16 + (4 * 2) + 16;
    private readonly TestFolder _folder = new();

    private string File1 => _folder.PathOf("titles.cache");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_added_is_there_when_it_is_opened_again()
    {
        using (var cache = Open())
        {
            cache.Add(Model, ["a", "b"], [1f, 2f, 3f, 4f]);
            cache.Add(Model, ["", "手机壳 🔥"], [5f, float.NaN, 7f, 8f]);
            Assert.Equal([3f, 4f], Get(cache, "b"));
        }

        using var again = Open();
        Assert.Null(again.Damage);
        Assert.Equal((4, 2), (again.Count, again.Dimension));
        Assert.Equal([1f, 2f], Get(again, "a"));
        Assert.Equal([5f, float.NaN], Get(again, ""));
        Assert.Equal([7f, 8f], Get(again, "手机壳 🔥"));
        Assert.Empty(Get(again, "A"));
        Assert.True(again.Contains(Model, "a"));
    }

    [Fact]
    public void Another_model_finds_nothing_old()
    {
        using var cache = Open();
        cache.Add(Model, ["a"], [1f, 2f]);

        Assert.False(cache.Contains("model-2", "a"));
        Assert.False(cache.TryGet("model-2", "a", new float[2]));
    }

    [Fact]
    public void The_newest_vector_of_a_text_counts()
    {
        using (var cache = Open())
        {
            cache.Add(Model, ["a"], [1f, 2f]);
            cache.Add(Model, ["a"], [3f, 4f]);
            Assert.Equal([3f, 4f], Get(cache, "a"));
        }

        using var again = Open();
        Assert.Equal([3f, 4f], Get(again, "a"));
        Assert.Equal(1, again.Count);
    }

    /// <summary>A crash ends the file anywhere: what was flushed before is kept, and the file can be added to.</summary>
    [Fact]
    public void A_file_cut_anywhere_keeps_its_whole_blocks()
    {
        Fill();
        byte[] whole = File.ReadAllBytes(File1);
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(File1, whole[..length]);
            using (var cache = Open())
            {
                Assert.Equal(Math.Max(0, length - HeadLength) / BlockOfOne, cache.Count);
                bool atEndOfBlock = length >= HeadLength && (length - HeadLength) % BlockOfOne == 0;
                Assert.Equal(atEndOfBlock, cache.Damage is null);
                cache.Add(Model, ["new"], [9f, 9f]);
            }

            using var again = Open();
            Assert.Null(again.Damage);
            Assert.Equal([9f, 9f], Get(again, "new"));
        }
    }

    [Fact]
    public void A_flipped_bit_anywhere_is_found_and_costs_its_block_at_most_what_follows()
    {
        Fill();
        byte[] whole = File.ReadAllBytes(File1);
        for (int at = 0; at < whole.Length; at++)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 1;
            File.WriteAllBytes(File1, damaged);
            using var cache = Open();
            Assert.NotNull(cache.Damage);
            Assert.InRange(cache.Count, at < HeadLength ? 0 : (at - HeadLength) / BlockOfOne, 2);
            foreach (var (text, vector) in new[] { ("a", new[] { 1f, 2f }), ("b", [3f, 4f]), ("c", [5f, 6f]) }) Assert.True(Get(cache, text) is { Length: 0 } || Get(cache, text).SequenceEqual(vector));
        }
    }

    [Fact]
    public void A_damaged_block_between_whole_ones_is_lost_alone()
    {
        Fill();
        byte[] bytes = File.ReadAllBytes(File1);
        bytes[HeadLength + BlockOfOne + 30] ^= 4; // in the vector of "b"
        File.WriteAllBytes(File1, bytes);

        using (var cache = Open())
        {
            Assert.Contains($"'{File1}' is damaged: {BlockOfOne} of its {bytes.Length} bytes aren't what was written. 2 vectors are kept", cache.Damage, StringComparison.Ordinal);
            Assert.Equal([5f, 6f], Get(cache, "c"));
            Assert.Empty(Get(cache, "b"));
        }

        using var again = Open();
        Assert.Null(again.Damage);
        Assert.Equal(2, again.Count);
    }

    [Fact]
    public void A_file_that_is_no_cache_is_kept_aside()
    {
        File.WriteAllText(File1, "somebody's notes");
        using var cache = Open();

        Assert.Contains("doesn't start as a cache of embeddings does", cache.Damage, StringComparison.Ordinal);
        Assert.Equal("somebody's notes", File.ReadAllText(File1 + ".damaged"));
        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public void Another_dimension_another_process_and_other_counts_are_refused()
    {
        using (var cache = Open())
        {
            Assert.Throws<IOException>(Open);
            Assert.Contains("There are 3 values for 1 texts; 2 each are needed", Assert.Throws<ArgumentException>(() => cache.Add(Model, ["a"], [1f, 2f, 3f])).Message, StringComparison.Ordinal);
            Assert.Throws<ArgumentException>(() => cache.TryGet(Model, "a", new float[3]));
        }

        var error = Assert.Throws<InvalidOperationException>(() => TextEmbeddingCache.Open(File1, 3));
        Assert.Contains("holds embeddings of 2 values; the encoder makes 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_texts_at_once_and_concurrent_reads_are_fine()
    {
        const int Count = 70_000; // two blocks
        string[] texts = [.. Enumerable.Range(0, Count).Select(i => $"title {i}")];
        using (var cache = Open()) cache.Add(Model, texts, [.. Enumerable.Range(0, Count * 2).Select(i => (float)i)]);

        using var again = Open();
        Assert.Equal(Count, again.Count);
        Parallel.For(0, 1000, i => Assert.Equal([i * 140f, (i * 140f) + 1f], Get(again, $"title {i * 70}")));
    }

    private static float[] Get(TextEmbeddingCache cache, string text)
    {
        float[] vector = new float[cache.Dimension];
        return cache.TryGet(Model, text, vector) ? vector : [];
    }

    private void Fill()
    {
        using var cache = Open();
        cache.Add(Model, ["a"], [1f, 2f]);
        cache.Add(Model, ["b"], [3f, 4f]);
        cache.Add(Model, ["c"], [5f, 6f]);
    }

    private TextEmbeddingCache Open() => TextEmbeddingCache.Open(File1, 2);
}
