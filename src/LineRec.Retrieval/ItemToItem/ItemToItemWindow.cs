namespace LineRec.Retrieval;

/// <summary>Which events of a user count together: those near each other in time and in order. An immutable value.</summary>
public sealed record ItemToItemWindow
{
    /// <summary>How far apart in time two events may be; null for any time. A session's length, say, or zero for one basket. Default null.</summary>
    public TimeSpan? MaxGap { get; init; }

    /// <summary>Two events a time t apart count exp(-t / this); null for 1 whatever the time. Default null.</summary>
    public TimeSpan? Decay { get; init; }

    /// <summary>How many events apart two may be, 1 or more. Default 50.</summary>
    public int MaxDistance { get; init; } = 50;

    /// <summary>The weight of a candidate before the history item, against 1 of one after it; 0 looks ahead only. Default 1.</summary>
    public double BackwardWeight { get; init; } = 1;

    /// <summary>How much a pair of events counts, 0 to 1 times the direction's weight.</summary>
    internal double Nearness(long own, long other, bool isBefore)
    {
        double gap = Math.Abs(own - other);
        if (MaxGap is { } most && gap > most.TotalMilliseconds) return 0;
        double near = Decay is { } decay ? Math.Exp(-gap / decay.TotalMilliseconds) : 1;
        return isBefore ? near * BackwardWeight : near;
    }

    internal void Validate()
    {
        const string Owner = nameof(ItemToItemWindow);
        if (MaxGap < TimeSpan.Zero) throw new ArgumentException($"{Owner}: MaxGap is {MaxGap}; it must be zero or more, or null.");
        if (Decay <= TimeSpan.Zero) throw new ArgumentException($"{Owner}: Decay is {Decay}; it must be over zero, or null.");
        if (MaxDistance < 1) throw new ArgumentException($"{Owner}: MaxDistance is {MaxDistance}; it must be 1 or more.");
        if (!(BackwardWeight >= 0) || double.IsInfinity(BackwardWeight)) throw new ArgumentException($"{Owner}: BackwardWeight is {BackwardWeight}; it must be finite and 0 or more.");
    }
}
