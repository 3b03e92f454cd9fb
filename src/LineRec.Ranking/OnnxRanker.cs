using LineRec.Features;
using LineRec.Onnx;

namespace LineRec.Ranking;

/// <summary>
/// Scores candidates with a bundle's ONNX ranker: user and cross features are encoded, item features and embeddings gathered straight into
/// the model's buffers, and the whole list is one batch.
/// </summary>
/// <remarks>Thread-safe; a call completes synchronously and allocates nothing after warm-up. Of a logged request the user and cross features are kept for the exposure log. Model, tables and encoder are shared by all placements of a snapshot.</remarks>
public sealed class OnnxRanker : IRanker
{
    private readonly OnnxModel _model;
    private readonly FeatureEncoder? _features;
    private readonly RankerInput[] _inputs;
    private readonly int _userInput;
    private readonly int _crossInput;
    private readonly float? _fusionExponent;

    /// <summary>Creates a ranker.</summary>
    /// <param name="snapshot">The snapshot; it owns model, tables and features.</param>
    /// <param name="model">The model's name: "home" for rankers/home of the bundle.</param>
    /// <param name="placement">The placement that needs it, for messages.</param>
    /// <param name="options">How the model is run; null means the defaults.</param>
    /// <param name="fusionExponent">Null replaces the candidates' scores; else they are multiplied by the model's score to this power, finite and over 0.</param>
    /// <exception cref="InvalidOperationException">The snapshot lacks the model or a file, or they don't fit each other.</exception>
    public OnnxRanker(ModelSnapshot snapshot, string model, string placement, OnnxOptions? options = null, float? fusionExponent = null)
    {
        if (fusionExponent is not (null or (> 0f and < float.PositiveInfinity)))
            throw new ArgumentOutOfRangeException(nameof(fusionExponent), fusionExponent, "The power of a fused score must be finite and over 0.");
        _fusionExponent = fusionExponent;
        string name = $"{RankerDefaults.ModelPrefix}{model}";
        _model = OnnxModel.ForSnapshot(snapshot, name, $"The ranker of placement '{placement}'", options);
        if (_model.OutputWidth != 1)
            throw new InvalidOperationException($"Output '{_model.Description.Output}' of model '{name}' has {_model.OutputWidth} values a candidate; a ranker gives one score. Export the graph with the output [n] or [n, 1].");
        if (_model.Description.Inputs.Any(i => i.Kind == ModelInputKind.Dense)) _features = SnapshotFeatures.EncoderFor(snapshot);
        _inputs = [.. _model.Description.Inputs.Select(i => RankerInput.Create(snapshot, name, i, _features))];
        (_userInput, _crossInput) = (Find(ModelBlocks.User), Find(ModelBlocks.Cross));
    }

    /// <inheritdoc/>
    public ValueTask RankAsync(RequestContext context, CandidateTable candidates, CancellationToken cancellationToken)
    {
        if (candidates.Count == 0) return ValueTask.CompletedTask;
        using var batch = _model.Rent(candidates.Count);
        for (int i = 0; i < _inputs.Length; i++) _inputs[i].Fill(context, candidates, batch.Input(i));
        var scores = batch.Run();
        if (_features is not null && context.RankedFeatures is { } kept)
            kept.Record(_features.Fitted.Fingerprint, candidates.Rows, _userInput < 0 ? [] : batch.Input(_userInput), _crossInput < 0 ? [] : batch.Input(_crossInput));
        if (_fusionExponent is { } exponent) Fuse(scores, exponent, candidates.Scores);
        else scores.CopyTo(candidates.Scores);
        return ValueTask.CompletedTask;
    }

    /// <summary>The input that takes a block, or -1.</summary>
    private int Find(string block) => _model.Description.Inputs.ToList().FindIndex(i => i.Kind == ModelInputKind.Dense && i.Block == block);

    private static void Fuse(ReadOnlySpan<float> scores, float exponent, Span<float> fused)
    {
        for (int i = 0; i < fused.Length; i++) fused[i] *= MathF.Pow(scores[i], exponent);
    }
}
