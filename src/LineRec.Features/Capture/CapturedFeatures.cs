namespace LineRec.Features;

/// <summary>
/// Features recorded by <see cref="FeatureCapture"/>, as growing columns: a user block a request, and a row, origins, score and cross block
/// a candidate. Request r's candidates are [Offsets[r], Offsets[r + 1]). A request without any kept candidate isn't recorded.
/// </summary>
/// <remarks>Recording is thread-safe. Reading isn't safe while something is recorded; spans are valid until the next request is recorded.</remarks>
public sealed class CapturedFeatures
{
    private readonly Lock _gate = new();
    private readonly GrowingColumn<float> _user = new();
    private readonly GrowingColumn<float> _cross = new();
    private readonly GrowingColumn<int> _rows = new();
    private readonly GrowingColumn<ulong> _origins = new();
    private readonly GrowingColumn<float> _scores = new();
    private readonly GrowingColumn<int> _offsets = new();
    private readonly GrowingColumn<long> _times = new();
    private readonly List<string?> _userIds = [];

    /// <summary>Creates an empty record.</summary>
    public CapturedFeatures() => _offsets.Add(0);

    /// <summary>The encoder that wrote the blocks; null before a capture uses this record.</summary>
    public FeatureEncoder? Encoder { get; private set; }

    /// <summary>How many requests were recorded.</summary>
    public int RequestCount => _userIds.Count;

    /// <summary>How many candidates were recorded.</summary>
    public int CandidateCount => _rows.Count;

    /// <summary>User blocks, [requests, user width].</summary>
    public ReadOnlySpan<float> User => _user.Values;

    /// <summary>Cross blocks, [candidates, cross width].</summary>
    public ReadOnlySpan<float> Cross => _cross.Values;

    /// <summary>Catalog rows of the candidates; the item block and embeddings are gathered by them.</summary>
    public ReadOnlySpan<int> Rows => _rows.Values;

    /// <summary>Which sources proposed each candidate: bit s for source s of its pipeline.</summary>
    public ReadOnlySpan<ulong> Origins => _origins.Values;

    /// <summary>The candidates' scores as the capture found them.</summary>
    public ReadOnlySpan<float> Scores => _scores.Values;

    /// <summary>Where each request's candidates start; one longer than there are requests.</summary>
    public ReadOnlySpan<int> Offsets => _offsets.Values;

    /// <summary>Each request's time in milliseconds since 1970-01-01 UTC.</summary>
    public ReadOnlySpan<long> Times => _times.Values;

    /// <summary>Each request's user.</summary>
    public IReadOnlyList<string?> UserIds => _userIds;

    /// <summary>A copy of the user blocks as a matrix [requests, user width]; null where the spec has no user feature.</summary>
    public NpyMatrix<float>? ToUserMatrix() => Encoder is { UserWidth: > 0 } ? new NpyMatrix<float>(User.ToArray(), Encoder.UserWidth) : null;

    /// <summary>A copy of the cross blocks as a matrix [candidates, cross width]; null where the spec has no cross feature.</summary>
    public NpyMatrix<float>? ToCrossMatrix() => Encoder is { CrossWidth: > 0 } ? new NpyMatrix<float>(Cross.ToArray(), Encoder.CrossWidth) : null;

    /// <summary>Ties the record to an encoder.</summary>
    internal void Begin(FeatureEncoder encoder)
    {
        lock (_gate)
        {
            if (Encoder is not null && Encoder != encoder && (Encoder.Fitted.Fingerprint != encoder.Fitted.Fingerprint || Encoder.UserWidth != encoder.UserWidth || Encoder.CrossWidth != encoder.CrossWidth))
                throw new InvalidOperationException($"These captured features are of the feature state '{Encoder.Fitted.Fingerprint}'; the pipeline has '{encoder.Fitted.Fingerprint}'. Capture into a new CapturedFeatures.");
            Encoder = encoder;
        }
    }

    internal void Add(RequestContext context, CandidateTable candidates, ReadOnlySpan<float> user, ReadOnlySpan<float> cross, ReadOnlySpan<int> kept)
    {
        if (kept.IsEmpty) return;
        lock (_gate)
        {
            int width = Encoder!.CrossWidth;
            foreach (int i in kept)
            {
                if ((uint)i >= (uint)candidates.Count) throw new InvalidOperationException($"The capture's selector kept candidate {i}; the request has {candidates.Count}.");
            }

            foreach (int i in kept)
            {
                _rows.Add(candidates.Rows[i]);
                _origins.Add(candidates.Origins[i]);
                _scores.Add(candidates.Scores[i]);
                _cross.Add(cross.Slice(i * width, width));
            }

            _user.Add(user[..Encoder.UserWidth]);
            _times.Add(context.UnixMilliseconds);
            _userIds.Add(context.Request.UserId);
            _offsets.Add(_rows.Count);
        }
    }
}
