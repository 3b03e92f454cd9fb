namespace LineRec.Onnx.Tests.Text;

/// <summary>What files and options make of a model, on tiny graphs.</summary>
public sealed class BertModelFilesTests : IDisposable
{
    private const int Int32 = 6, Float = 1;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Vectors_are_the_mean_of_the_tokens_and_padding_is_left_out()
    {
        // Rows of the table: 1 + i * 7 % 5 → [CLS] is id 2, "a" 4, "b" 5, [SEP] 3.
        using var encoder = Load(new TinyBert(), new() { Normalize = false });
        using var first = Load(new TinyBert(), new() { Normalize = false, Pooling = TextPooling.Cls });
        float[] row(int id) => [.. Enumerable.Range(id * 3, 3).Select(i => 1f + (i * 7 % 5))];
        float[] vector = new float[3], cls = new float[3];
        encoder.Encode("a B a", vector); // five tokens, padded to eight
        first.Encode("a B a", cls);

        Assert.Equal([2, 4, 5, 4, 3], encoder.Tokenize("a B a"));
        for (int i = 0; i < 3; i++) Assert.Equal((row(2)[i] + (2 * row(4)[i]) + row(5)[i] + row(3)[i]) / 5f, vector[i], 5);
        Assert.Equal(row(2), cls);
    }

    [Fact]
    public void Types_narrow_ids_and_an_output_of_another_name_are_found()
    {
        using var plain = Load(new TinyBert());
        using var other = Load(new TinyBert { Inputs = ["token_type_ids", "attention_mask", "input_ids"], InputType = Int32, Output = "token_embeddings" });
        float[] a = new float[3], b = new float[3];
        plain.Encode("a b", a);
        other.Encode("a b", b);

        Assert.Equal(a, b);
    }

    [Fact]
    public void Models_that_do_not_fit_are_refused_by_name()
    {
        Refused("has no input 'input_ids'; it has 'tokens', 'attention_mask'", new TinyBert { Inputs = ["tokens", "attention_mask"] });
        Refused("has no input 'attention_mask'; it has 'input_ids'", new TinyBert { Inputs = ["input_ids"] });
        Refused("has the input 'position_ids', which nothing is known to be fed to", new TinyBert { Inputs = ["input_ids", "attention_mask", "position_ids"] });
        Refused("Input 'input_ids'", new TinyBert { InputShape = ["1", "tokens"] });
        Refused("has the shape [1, -1]; [texts, tokens] with both free is needed", new TinyBert { InputShape = ["1", "tokens"] });
        Refused("has the shape [-1, -1]; a vector for each token", new TinyBert { Dimension = 0 });
        Refused("has no output 'pooled'; it has 'last_hidden_state' [-1, -1, 3]", new TinyBert(), new() { Output = "pooled" });
        Refused("fails on the last of the vocabulary's 7 tokens: they come from different models", new TinyBert { Tokens = 6 });
        Refused("knows ids beyond the vocabulary's 7 tokens", new TinyBert { Tokens = 5000 });
        Assert.Contains("has no file at", Assert.Throws<InvalidOperationException>(() => BertTextEncoder.Load(_folder.PathOf("none.onnx"), Vocabulary())).Message, StringComparison.Ordinal);
        File.WriteAllBytes(_folder.PathOf("damaged.onnx"), [1, 2, 3]);
        Assert.Contains("can't be loaded", Assert.Throws<InvalidOperationException>(() => BertTextEncoder.Load(_folder.PathOf("damaged.onnx"), Vocabulary())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_of_tokens_may_be_rounded_up() => Load(new TinyBert { Tokens = 128 }).Dispose();

    [Theory]
    [InlineData(2, 32, 1, "MaxTokens is 2; it must be 3 to 8192")]
    [InlineData(9, 0, 1, "BatchSize is 0; it must be 1 to 4096")]
    [InlineData(9, 1, 65, "ThreadCount is 65; it must be 1 to 64")]
    public void Options_out_of_range_are_refused(int maxTokens, int batchSize, int threads, string message) => Assert.Contains(
        message, Assert.Throws<ArgumentException>(() => Load(new TinyBert(), new() { MaxTokens = maxTokens, BatchSize = batchSize, ThreadCount = threads })).Message, StringComparison.Ordinal);

    [Fact]
    public void The_fingerprint_holds_the_files_content()
    {
        using var one = Load(new TinyBert());
        using var same = Load(new TinyBert());
        using var other = Load(new TinyBert { Dimension = 4 });

        Assert.Equal(one.Fingerprint, same.Fingerprint);
        Assert.NotEqual(one.Fingerprint, other.Fingerprint);
    }

    private void Refused(string message, TinyBert graph, BertTextOptions? options = null) =>
        Assert.Contains(message, Assert.Throws<InvalidOperationException>(() => Load(graph, options)).Message, StringComparison.Ordinal);

    private BertTextEncoder Load(TinyBert graph, BertTextOptions? options = null) => BertTextEncoder.Load(graph.Write(_folder.PathOf("tiny.onnx")), Vocabulary(), options);

    private string Vocabulary() => _folder.Write("vocab.txt", "[PAD]", "[UNK]", "[CLS]", "[SEP]", "a", "b", "##c");
}
