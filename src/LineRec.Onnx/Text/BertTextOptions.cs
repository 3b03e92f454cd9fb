namespace LineRec.Onnx;

/// <summary>How a BERT-type model turns texts into vectors. All but <see cref="BatchSize"/> and <see cref="ThreadCount"/> change the vectors: they are part of <see cref="BertTextEncoder.Fingerprint"/>.</summary>
public sealed record BertTextOptions
{
    /// <summary>Whether the model is an "uncased" one: letters are made small and lose their accents, as its published tokeniser does. Default true.</summary>
    public bool LowerCase { get; init; } = true;

    /// <summary>Tokens of a text that are read, [CLS] and [SEP] among them; what comes after is cut off. 3 to what the model's positions allow (512 mostly). Default 256.</summary>
    public int MaxTokens { get; init; } = BertTextDefaults.MaxTokens;

    /// <summary>How tokens' vectors become the text's. Default <see cref="TextPooling.Mean"/>.</summary>
    public TextPooling Pooling { get; init; } = TextPooling.Mean;

    /// <summary>Whether vectors are scaled to length 1, so that inner products are cosines. Default true.</summary>
    public bool Normalize { get; init; } = true;

    /// <summary>The output with a vector for each token. Default null: "last_hidden_state" where the model has it, else its only output with three dimensions.</summary>
    public string? Output { get; init; }

    /// <summary>Most texts a run of the model, 1 to 4096; runs of long texts have fewer. Default 32.</summary>
    public int BatchSize { get; init; } = BertTextDefaults.BatchSize;

    /// <summary>Threads that work on one run, 1 to 64. Default 1, for queries; embedding a catalog is faster with all cores.</summary>
    public int ThreadCount { get; init; } = OnnxDefaults.ThreadCount;

    internal void Validate()
    {
        if (MaxTokens is < 3 or > 8192) throw new ArgumentException($"{nameof(BertTextOptions)}.{nameof(MaxTokens)} is {MaxTokens}; it must be 3 to 8192: [CLS], one token and [SEP] at least.");
        if (BatchSize is < 1 or > 4096) throw new ArgumentException($"{nameof(BertTextOptions)}.{nameof(BatchSize)} is {BatchSize}; it must be 1 to 4096.");
        if (ThreadCount is < 1 or > 64) throw new ArgumentException($"{nameof(BertTextOptions)}.{nameof(ThreadCount)} is {ThreadCount}; it must be 1 to 64.");
        if (!Enum.IsDefined(Pooling)) throw new ArgumentException($"{nameof(BertTextOptions)}.{nameof(Pooling)} is {Pooling}; it must be {TextPooling.Mean} or {TextPooling.Cls}.");
    }
}
