using System.Buffers;

namespace LineRec.Features;

/// <summary>
/// A ranker that scores nothing: it records what the encoder says of each candidate of each request, so that a ranker is trained on
/// features from the very pipeline that will serve it. Scores stay as they are.
/// </summary>
/// <remarks>Thread-safe; requests are recorded in the order in which they arrive, so run them one after the other where the order must be the same each time.</remarks>
public sealed class FeatureCapture : IRanker
{
    private readonly FeatureEncoder _encoder;
    private readonly CapturedFeatures _into;
    private readonly CaptureSelector? _select;
    private readonly CapturePositions? _positions;

    /// <summary>Creates a capture.</summary>
    /// <param name="encoder">The encoder of the pipeline's snapshot.</param>
    /// <param name="into">Receives the features; may be shared by captures of one encoder.</param>
    /// <param name="select">Which candidates are kept (all positives and some negatives, say); null keeps all.</param>
    /// <param name="positions">In which slot each candidate was shown; null for the first.</param>
    public FeatureCapture(FeatureEncoder encoder, CapturedFeatures into, CaptureSelector? select = null, CapturePositions? positions = null)
    {
        into.Begin(encoder);
        (_encoder, _into, _select, _positions) = (encoder, into, select, positions);
    }

    /// <inheritdoc/>
    public ValueTask RankAsync(RequestContext context, CandidateTable candidates, CancellationToken cancellationToken)
    {
        int n = candidates.Count;
        float[] user = ArrayPool<float>.Shared.Rent(_encoder.UserWidth);
        float[] cross = ArrayPool<float>.Shared.Rent(n * _encoder.CrossWidth);
        int[] kept = ArrayPool<int>.Shared.Rent(n);
        int[] positions = ArrayPool<int>.Shared.Rent(n);
        try
        {
            _positions?.Invoke(context, candidates, positions.AsSpan(0, n));
            _encoder.EncodeUser(context, user.AsSpan(0, _encoder.UserWidth));
            _encoder.EncodeCross(context, candidates, cross.AsSpan(0, n * _encoder.CrossWidth), _positions is null ? default : positions.AsMemory(0, n));
            for (int i = 0; i < n; i++) kept[i] = i;
            int count = _select?.Invoke(context, candidates, kept.AsSpan(0, n)) ?? n;
            _into.Add(context, candidates, user, cross, kept.AsSpan(0, count));
        }
        finally
        {
            ArrayPool<float>.Shared.Return(user);
            ArrayPool<float>.Shared.Return(cross);
            ArrayPool<int>.Shared.Return(kept);
            ArrayPool<int>.Shared.Return(positions);
        }

        return ValueTask.CompletedTask;
    }
}
