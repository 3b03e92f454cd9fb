namespace LineRec.Features;

/// <summary>
/// Features of requests, recorded by <see cref="FeatureCapture"/> or read from an exposure log, as growing columns: a user block a request, and a row, origins, score and cross block
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

    /// <summary>Creates an empty record for features that an encoder wrote elsewhere: those that a host logged when it served.</summary>
    /// <param name="encoder">The encoder of the bundle that served; it must outlive the record.</param>
    public CapturedFeatures(FeatureEncoder encoder)
        : this() => Begin(encoder);

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

    /// <summary>Adds a request.</summary>
    /// <param name="userId">The user; null where unknown.</param>
    /// <param name="unixMilliseconds">The request's time in milliseconds since 1970-01-01 UTC.</param>
    /// <param name="user">The user block.</param>
    /// <param name="rows">The candidates' catalog rows; one or more.</param>
    /// <param name="origins">Which sources proposed each.</param>
    /// <param name="scores">Their scores.</param>
    /// <param name="cross">Their cross block, row after row.</param>
    /// <exception cref="InvalidOperationException">The record has no encoder yet.</exception>
    /// <exception cref="ArgumentException">A part has another size than the encoder says.</exception>
    public void Add(string? userId, long unixMilliseconds, ReadOnlySpan<float> user, ReadOnlySpan<int> rows, ReadOnlySpan<ulong> origins, ReadOnlySpan<float> scores, ReadOnlySpan<float> cross)
    {
        if (Encoder is null) throw new InvalidOperationException("It isn't known yet whose features these are; create the record with the encoder.");
        Require("user block", user.Length, Encoder.UserWidth);
        Require("cross block", cross.Length, rows.Length * Encoder.CrossWidth);
        Require("origins", origins.Length, rows.Length);
        Require("scores", scores.Length, rows.Length);
        if (rows.IsEmpty) throw new ArgumentException("A request without candidates isn't recorded.", nameof(rows));
        lock (_gate)
        {
            _rows.Add(rows);
            _origins.Add(origins);
            _scores.Add(scores);
            _cross.Add(cross);
            EndRequest(userId, unixMilliseconds, user);
        }
    }

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

            EndRequest(context.Request.UserId, context.UnixMilliseconds, user[..Encoder.UserWidth]);
        }
    }

    private void EndRequest(string? userId, long unixMilliseconds, ReadOnlySpan<float> user)
    {
        _user.Add(user);
        _times.Add(unixMilliseconds);
        _userIds.Add(userId);
        _offsets.Add(_rows.Count);
    }

    private static void Require(string what, int found, int needed)
    {
        if (found != needed) throw new ArgumentException($"The {what} has {found} values; the encoder's has {needed}.");
    }
}
