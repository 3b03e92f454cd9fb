namespace LineRec;

/// <summary>
/// The features that a request's ranker scored with, for the exposure log: the next ranker learns from what this one saw. A ranker that encodes features records them where
/// <see cref="RequestContext.RankedFeatures"/> isn't null; the last one that does counts.
/// </summary>
/// <remarks>Not thread-safe: one stage at a time works on a request. Pooled; recording allocates nothing once its buffers have grown.</remarks>
public sealed class RankedFeatures
{
    private int[] _rows = [];
    private float[] _user = [];
    private float[] _cross = [];

    /// <summary>The fingerprint of the feature state; null where nothing was recorded.</summary>
    public string? FeatureState { get; private set; }

    /// <summary>How many candidates were ranked.</summary>
    public int Count { get; private set; }

    /// <summary>Values of the user block.</summary>
    public int UserWidth { get; private set; }

    /// <summary>Values of a candidate's row of the cross block.</summary>
    public int CrossWidth { get; private set; }

    /// <summary>The user block [<see cref="UserWidth"/>].</summary>
    public ReadOnlySpan<float> User => _user.AsSpan(0, UserWidth);

    /// <summary>Records what a ranker scored with, in place of what an earlier one recorded. O(values).</summary>
    /// <param name="featureState">The fingerprint of the encoder's feature state.</param>
    /// <param name="rows">The candidates' catalog rows.</param>
    /// <param name="user">The user block, of any length; empty where the model takes none.</param>
    /// <param name="cross">The cross block [candidates, C], row after row; empty where the model takes none.</param>
    /// <exception cref="ArgumentException">The cross block isn't as many rows.</exception>
    public void Record(string featureState, ReadOnlySpan<int> rows, ReadOnlySpan<float> user, ReadOnlySpan<float> cross)
    {
        ArgumentException.ThrowIfNullOrEmpty(featureState);
        if (rows.IsEmpty ? !cross.IsEmpty : cross.Length % rows.Length != 0)
            throw new ArgumentException($"A cross block of {cross.Length} values can't be that of {rows.Length} candidates.", nameof(cross));
        (FeatureState, Count, UserWidth, CrossWidth) = (featureState, rows.Length, user.Length, rows.IsEmpty ? 0 : cross.Length / rows.Length);
        Put(rows, ref _rows);
        Put(user, ref _user);
        Put(cross, ref _cross);
    }

    /// <summary>The cross block's row of an item; empty where it wasn't ranked. O(candidates), vectorised.</summary>
    /// <param name="row">The item's catalog row.</param>
    public ReadOnlySpan<float> CrossOf(int row)
    {
        int at = _rows.AsSpan(0, Count).IndexOf(row);
        return at < 0 ? [] : _cross.AsSpan(at * CrossWidth, CrossWidth);
    }

    /// <summary>Forgets the request and keeps the buffers.</summary>
    public void Clear() => (FeatureState, Count, UserWidth, CrossWidth) = (null, 0, 0, 0);

    private static void Put<T>(ReadOnlySpan<T> values, ref T[] to)
    {
        if (to.Length < values.Length) to = new T[Math.Max(values.Length, to.Length * 2)];
        values.CopyTo(to);
    }
}
