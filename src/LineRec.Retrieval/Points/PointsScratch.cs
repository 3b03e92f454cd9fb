namespace LineRec.Retrieval;

/// <summary>What one user's points are worth for this request.</summary>
/// <remarks>Not thread-safe. Read once a request; no allocation once warm.</remarks>
internal sealed class PointsScratch : IRequestScratch
{
    private readonly PointBalance _balance = new();
    private float[] _worth = new float[4];
    private float[] _urgency = new float[4];
    private float _allUrgent;
    private bool _isComplete;

    /// <summary>What all points are worth in the shop's currency; 0 for a user without any.</summary>
    public float Worth { get; private set; }

    public PointsScratch Of(RequestContext context, IUserPoints points, PointsOptions options)
    {
        if (_isComplete) return this;
        _isComplete = true;
        if (context.Request.UserId is not { } user) return this;
        points.Read(user, context.Time, _balance);
        _balance.Expire(context.UnixMilliseconds);
        if (_worth.Length < _balance.Count) (_worth, _urgency) = (new float[_balance.Count * 2], new float[_balance.Count * 2]);
        for (int i = 0; i < _balance.Count; i++)
        {
            long expiry = _balance.Expiries[i];
            _worth[i] = _balance.Points[i] * options.PointValue;
            _urgency[i] = expiry == PointBalance.Never ? 0f : (float)double.Exp2(-(expiry - context.UnixMilliseconds) / options.ExpiryHalfLife.TotalMilliseconds);
            Worth += _worth[i];
            _allUrgent += _worth[i] * _urgency[i];
        }

        return this;
    }

    /// <summary>The share of what would be lost, by its urgency, that paying a price saves, 0 to 1: the lots that expire soonest are spent first. It never falls as the price rises.</summary>
    public float SavedBy(float price)
    {
        if (!(_allUrgent > 0f)) return 0f;
        float saved = 0f;
        for (int i = 0; i < _balance.Count && price > 0f; i++)
        {
            saved += Math.Min(price, _worth[i]) * _urgency[i];
            price -= _worth[i];
        }

        return Math.Min(saved / _allUrgent, 1f);
    }

    public void Reset()
    {
        _balance.Clear();
        (_isComplete, Worth, _allUrgent) = (false, 0f, 0f);
    }
}
