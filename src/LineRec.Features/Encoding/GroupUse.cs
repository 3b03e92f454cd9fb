namespace LineRec.Features;

/// <summary>What one user did with the items of one group (a category, a brand).</summary>
internal struct GroupUse
{
    internal int Events;
    internal int Purchases;
    internal long LastTime;

    /// <summary>Σ exp(-age / τ) over the group's events, as of <see cref="LastTime"/>.</summary>
    internal RecencyDecay Decayed;
}
