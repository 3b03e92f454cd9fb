using System.Numerics.Tensors;
using LineRec.MiniLm;

namespace LineRec.Onnx.Tests.Text;

/// <summary>Embeddings by the real all-MiniLM-L6-v2.</summary>
public sealed class BertTextEncoderTests : IDisposable
{
    private const float Tolerance = 1e-5f;

    private static readonly string[] Titles =
    [
        "A man is eating food.", "iPhone 15 Pro 手机壳 防摔", "👟 running shoes", "x", "Sony WH-1000XM4 wireless noise cancelling headphones, black", "你好，世界！",
        string.Concat(Enumerable.Repeat("very long title ", 400)), "", "red dress", new string('y', 3000), "Café crème", "   ", "A man is eating food",
    ];

    private static readonly Lazy<BertTextEncoder> Shared = new(() => BertTextEncoder.Load(MiniLmFiles.Model, MiniLmFiles.Vocabulary));

    private readonly List<BertTextEncoder> _own = [];

    public void Dispose()
    {
        foreach (var encoder in _own) encoder.Dispose();
    }

    /// <summary>What sentence-transformers prints for this model: README.md and examples/sentence_transformer/applications/semantic-search of UKPLab/sentence-transformers.</summary>
    [Theory]
    [InlineData("The weather is lovely today.", "It's so sunny outside!", 0.6660f)]
    [InlineData("The weather is lovely today.", "He drove to the stadium.", 0.1046f)]
    [InlineData("It's so sunny outside!", "He drove to the stadium.", 0.1411f)]
    [InlineData("A man is eating pasta.", "A man is eating food.", 0.7035f)]
    [InlineData("A man is eating pasta.", "A man is eating a piece of bread.", 0.5272f)]
    [InlineData("A man is eating pasta.", "A man is riding a horse.", 0.1889f)]
    [InlineData("A man is eating pasta.", "A man is riding a white horse on an enclosed ground.", 0.1047f)]
    public void Two_sentences_have_the_published_cosine(string a, string b, float published)
    {
        var encoder = Load();

        Assert.Equal(384, encoder.Dimension);
        Assert.Equal(published, Dot(Embed(encoder, a), Embed(encoder, b)), 1e-4f);
    }

    [Fact]
    public void Sentences_are_as_similar_as_they_mean()
    {
        var encoder = Load();
        float[] eating = Embed(encoder, "A man is eating food."), bread = Embed(encoder, "A man is eating a piece of bread."), baby = Embed(encoder, "The girl is carrying a baby.");

        Assert.InRange(Dot(eating, bread), 0.74f, 0.86f);
        Assert.InRange(Dot(eating, baby), -0.2f, 0.1f);
        float[] query = Embed(encoder, "running shoes for men"), sneakers = Embed(encoder, "Nike Air Zoom Pegasus men's road running sneaker"), kettle = Embed(encoder, "Stainless steel electric kettle 1.7 l");
        Assert.True(Dot(query, sneakers) > Dot(query, kettle) + 0.4f);
    }

    [Fact]
    public void A_batch_gives_what_its_texts_give_alone()
    {
        var encoder = Load();
        float[] batch = Embed(encoder, Titles);
        for (int i = 0; i < Titles.Length; i++)
        {
            float[] alone = Embed(encoder, Titles[i]);
            for (int j = 0; j < alone.Length; j++) Assert.Equal(alone[j], batch[(i * 384) + j], Tolerance);
        }
    }

    [Fact]
    public void The_same_texts_give_the_same_bits()
    {
        var encoder = Load();

        Assert.Equal(Embed(encoder, Titles), Embed(encoder, Titles));
    }

    [Fact]
    public void Texts_without_a_token_are_zeros_and_all_others_have_length_1()
    {
        float[] vectors = Embed(Load(), Titles);
        for (int i = 0; i < Titles.Length; i++)
            Assert.Equal(string.IsNullOrWhiteSpace(Titles[i]) ? 0f : 1f, TensorPrimitives.Norm(vectors.AsSpan(i * 384, 384)), 4);
    }

    [Fact]
    public void Concurrent_calls_do_not_disturb_each_other()
    {
        var encoder = Load();
        float[][] expected = [.. Titles.Select(t => Embed(encoder, t))];
        Parallel.For(0, 40, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => Assert.Equal(expected[i % Titles.Length], Embed(encoder, Titles[i % Titles.Length])));
    }

    [Fact]
    public void A_text_is_read_up_to_its_greatest_length()
    {
        var encoder = Load(new() { MaxTokens = 6 });

        Assert.Equal(6, encoder.Tokenize("one two three four five six").Length);
        Assert.Equal(Embed(encoder, "one two three four"), Embed(encoder, "one two three four five six"));
    }

    [Fact]
    public void Pooling_and_length_are_options_that_the_fingerprint_holds()
    {
        var cls = Load(new() { Pooling = TextPooling.Cls });
        var unscaled = Load(new() { Normalize = false });

        Assert.InRange(Dot(Embed(cls, "A man is eating food."), Embed(cls, "A man is eating a piece of bread.")), 0.5f, 1f);
        Assert.NotEqual(1f, TensorPrimitives.Norm(Embed(unscaled, "A man is eating food.")), 2);
        Assert.Equal(3, new[] { Load().Fingerprint, cls.Fingerprint, unscaled.Fingerprint }.Distinct().Count());
        Assert.Equal(Load().Fingerprint, Load(new() { BatchSize = 2 }).Fingerprint);
    }

    [Fact]
    public void More_tokens_than_the_model_has_positions_are_refused()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Load(new() { MaxTokens = 600 }));

        Assert.Contains("fails on a text of 600 tokens: set BertTextOptions.MaxTokens to its number of positions", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Room_of_another_size_and_a_disposed_encoder_are_refused()
    {
        var encoder = Load(new());
        Assert.Contains("There is room for 5 values; 1 texts have 384", Assert.Throws<ArgumentException>(() => encoder.Encode("a", new float[5])).Message, StringComparison.Ordinal);
        encoder.Dispose();
        Assert.Throws<ObjectDisposedException>(() => encoder.Encode("a", new float[384]));
    }

    private static float[] Embed(BertTextEncoder encoder, params string[] texts)
    {
        float[] vectors = new float[texts.Length * encoder.Dimension];
        encoder.Encode(texts, vectors);
        return vectors;
    }

    private static float Dot(float[] a, float[] b) => TensorPrimitives.Dot(a, b);

    private BertTextEncoder Load(BertTextOptions? options = null)
    {
        Assert.SkipWhen(MiniLmFiles.Missing is not null, MiniLmFiles.Missing ?? "");
        if (options is null) return Shared.Value;
        _own.Add(BertTextEncoder.Load(MiniLmFiles.Model, MiniLmFiles.Vocabulary, options));
        return _own[^1];
    }
}
