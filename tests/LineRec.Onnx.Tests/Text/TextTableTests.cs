using LineRec.Features;
using LineRec.MiniLm;

namespace LineRec.Onnx.Tests.Text;

public sealed class TextTableTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_row_is_the_vector_of_its_items_title()
    {
        Assert.SkipWhen(MiniLmFiles.Missing is not null, MiniLmFiles.Missing ?? "");
        using var encoder = BertTextEncoder.Load(MiniLmFiles.Model, MiniLmFiles.Vocabulary);
        string path = _folder.PathOf("titles.npy");
        var report = TextTable.Write(path, encoder, Titles("red dress", null, "blue dress", "red dress", "  "));

        Assert.Equal(new TextTableReport(Rows: 5, Missing: 1, Texts: 3, Cached: 0, Encoded: 3), report);
        using var table = NpyMatrix<float>.Open(path);
        float[] red = new float[encoder.Dimension];
        encoder.Encode("red dress", red);
        Assert.Equal((5, 384), (table.Rows, table.Columns));
        Assert.Equal(table[0], table[3]);
        for (int i = 0; i < red.Length; i++) Assert.Equal(red[i], table[0][i], 1e-5f);
        Assert.All(table.Slice(1, 1).ToArray(), v => Assert.Equal(0f, v));
        Assert.All(table[4].ToArray(), v => Assert.Equal(0f, v));
        Assert.Equal(["titles.npy"], Directory.GetFiles(Path.GetDirectoryName(path)!).Select(Path.GetFileName));
    }

    [Fact]
    public void The_table_is_a_feature_of_items()
    {
        var catalog = new Catalog(["i1", "i2", "i3"], [Titles("a b", null, "b")]);
        using var encoder = Tiny();
        string path = _folder.PathOf("titles.npy");
        TextTable.Write(path, encoder, catalog.Title!);
        using var table = NpyMatrix<float>.Open(path);
        using var fitted = new FeatureFitter(FeatureSpec.Create(s => s.Item(i => i.Table("titles"))), catalog, DateTimeOffset.UnixEpoch).Fit();
        using var features = FeatureEncoder.Create(fitted, catalog, name => name == "titles" ? table : throw new InvalidOperationException(name));

        Assert.Equal(3, features.ItemWidth);
        for (int row = 0; row < catalog.Count; row++) Assert.Equal(table[row], features.ItemBlock[row]);
    }

    [Fact]
    public void A_second_run_encodes_new_titles_alone()
    {
        using var encoder = Tiny();
        using var cache = TextEmbeddingCache.Open(_folder.PathOf("cache"), encoder.Dimension);
        string first = _folder.PathOf("first.npy"), second = _folder.PathOf("second.npy"), third = _folder.PathOf("third.npy");
        Assert.Equal(2, TextTable.Write(first, encoder, Titles("a", "b", "a"), cache).Encoded);
        Assert.Equal(new TextTableReport(Rows: 3, Missing: 0, Texts: 3, Cached: 2, Encoded: 1), TextTable.Write(second, encoder, Titles("b", "a b", "a"), cache));
        encoder.Dispose(); // whatever it were asked for now would throw
        Assert.Equal(0, TextTable.Write(third, encoder, Titles("b", "a b", "a"), cache).Encoded);

        Assert.Equal(File.ReadAllBytes(second), File.ReadAllBytes(third));
    }

    [Fact]
    public void A_changed_option_encodes_all_anew()
    {
        using var encoder = Tiny();
        using var other = Tiny(new() { Pooling = TextPooling.Cls });
        using var cache = TextEmbeddingCache.Open(_folder.PathOf("cache"), encoder.Dimension);
        TextTable.Write(_folder.PathOf("t.npy"), encoder, Titles("a", "b"), cache);

        Assert.Equal(2, TextTable.Write(_folder.PathOf("t.npy"), other, Titles("a", "b"), cache).Encoded);
    }

    [Fact]
    public void A_run_that_was_stopped_goes_on_where_it_was()
    {
        const int Count = 3000;
        var titles = Titles([.. Enumerable.Range(0, Count).Select(i => $"a {i}")]);
        using var encoder = Tiny();
        using var cache = TextEmbeddingCache.Open(_folder.PathOf("cache"), encoder.Dimension);
        using var stop = new CancellationTokenSource();
        string path = _folder.PathOf("t.npy");
        var heard = new Heard(r => stop.Cancel());

        Assert.Throws<OperationCanceledException>(() => TextTable.Write(path, encoder, titles, cache, heard, stop.Token));
        Assert.False(File.Exists(path));
        int kept = cache.Count;
        Assert.InRange(kept, 1, Count - 1);
        Assert.Equal(new TextTableReport(Count, 0, Count, kept, Count - kept), TextTable.Write(path, encoder, titles, cache));
    }

    [Fact]
    public void A_cache_of_another_dimension_and_a_catalog_without_texts()
    {
        using var encoder = Tiny();
        using var cache = TextEmbeddingCache.Open(_folder.PathOf("cache"), 7);
        string path = _folder.PathOf("t.npy");

        Assert.Contains("holds vectors of 7 values; the encoder makes 3", Assert.Throws<ArgumentException>(() => TextTable.Write(path, encoder, Titles("a"), cache)).Message, StringComparison.Ordinal);
        Assert.Equal(new TextTableReport(2, 2, 0, 0, 0), TextTable.Write(path, encoder, Titles(null, null)));
        using var table = NpyMatrix<float>.Open(path);
        Assert.Equal(2, table.Rows);
    }

    private static TextColumn Titles(params string?[] titles) => TextColumn.Encode(CatalogColumns.Title, titles);

    private BertTextEncoder Tiny(BertTextOptions? options = null) =>
        BertTextEncoder.Load(new TinyBert().Write(_folder.PathOf("tiny.onnx")), _folder.Write("vocab.txt", "[PAD]", "[UNK]", "[CLS]", "[SEP]", "a", "b", "##c"), options);

    private sealed class Heard(Action<TextTableReport> then) : IProgress<TextTableReport>
    {
        public void Report(TextTableReport value) => then(value);
    }
}
