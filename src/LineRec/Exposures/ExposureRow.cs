namespace LineRec;

/// <summary>One answered request on its way to the log. Pooled: filling it allocates nothing once its buffers have grown. One thread at a time.</summary>
internal sealed class ExposureRow
{
    private string[] _items = [];
    private float[] _scores = [];
    private long[] _origins = [];
    private float[] _user = [];
    private float[] _cross = [];
    private int _count;
    private int _userWidth;
    private int _crossWidth;

    public Guid Id { get; private set; }

    public long UnixMilliseconds { get; private set; }

    public string Placement { get; private set; } = "";

    public string? UserId { get; private set; }

    public string BundleVersion { get; private set; } = "";

    /// <summary>Null where no ranker left features.</summary>
    public string? FeatureState { get; private set; }

    /// <summary>The names of the placement's retrievers.</summary>
    public string[] Sources { get; private set; } = [];

    public ReadOnlySpan<string> Items => _items.AsSpan(0, _count);

    public ReadOnlySpan<float> Scores => _scores.AsSpan(0, _count);

    public ReadOnlySpan<long> Origins => _origins.AsSpan(0, _count);

    public ReadOnlySpan<float> User => _user.AsSpan(0, _userWidth);

    /// <summary>[slots, C]; NaN for a slot that wasn't ranked.</summary>
    public ReadOnlySpan<float> Cross => _cross.AsSpan(0, _count * _crossWidth);

    /// <summary>Takes over an answer, before its run ends.</summary>
    public void Fill(PipelineRun run, LinkedPlacement placement, Slate slate)
    {
        (Id, UnixMilliseconds, Placement, UserId, BundleVersion) = (slate.AttributionId, run.Context.UnixMilliseconds, slate.Placement, run.Context.Request.UserId, slate.BundleVersion);
        Sources = placement.Sources;
        _count = run.Slate.Count;
        if (_items.Length < _count) (_items, _scores, _origins) = (new string[_count], new float[_count], new long[_count]);
        for (int slot = 0; slot < _count; slot++)
        {
            var (row, score, origins) = run.Slate[slot];
            (_items[slot], _scores[slot], _origins[slot]) = (run.Context.Catalog.IdOf(row), score, (long)origins);
        }

        FillFeatures(run);
    }

    /// <summary>Lets go of the request's texts, which may belong to a bundle that is gone.</summary>
    public void Clear()
    {
        Array.Clear(_items, 0, _count);
        (Placement, UserId, BundleVersion, FeatureState, Sources, _count) = ("", null, "", null, [], 0);
    }

    private void FillFeatures(PipelineRun run)
    {
        // What a late component may still write to isn't read.
        var features = run.IsHeldByLate ? null : run.Context.RankedFeatures;
        (FeatureState, _userWidth, _crossWidth) = (features?.FeatureState, 0, 0);
        if (features?.FeatureState is null) return;
        (_userWidth, _crossWidth) = (features.UserWidth, features.CrossWidth);
        if (_user.Length < _userWidth) _user = new float[_userWidth];
        features.User.CopyTo(_user);
        if (_cross.Length < _count * _crossWidth) _cross = new float[_count * _crossWidth];
        for (int slot = 0; slot < _count; slot++)
        {
            var to = _cross.AsSpan(slot * _crossWidth, _crossWidth);
            var cross = features.CrossOf(run.Slate[slot].Row);
            if (cross.IsEmpty) to.Fill(float.NaN);
            else cross.CopyTo(to);
        }
    }
}
