namespace LineRec.Training;

/// <summary>How co-occurrence becomes similarity. All powers 0 or more and finite.</summary>
public sealed record ItemCfOptions
{
    /// <summary>A user of n items counts n to minus this power in a co-occurrence: users of many items say less of each pair.</summary>
    public double ActivityPower { get; init; } = 0.5;

    /// <summary>The power of the history item's number of users that the co-occurrence is divided by; 0.5 on both sides is cosine.</summary>
    public double QueryPower { get; init; } = 0.5;

    /// <summary>The power of the candidate's number of users that it is divided by; smaller values favour popular items.</summary>
    public double CandidatePower { get; init; } = 0.5;

    /// <summary>How many neighbours an item keeps, the strongest. 1 or more.</summary>
    public int MaxNeighbours { get; init; } = 4096;

    /// <summary>Plain cosine: every user counts the same.</summary>
    public static ItemCfOptions Cosine { get; } = new() { ActivityPower = 0 };

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public void Validate()
    {
        foreach (var (value, name) in new[] { (ActivityPower, nameof(ActivityPower)), (QueryPower, nameof(QueryPower)), (CandidatePower, nameof(CandidatePower)) })
            if (!(value is >= 0 and < double.PositiveInfinity)) throw new ArgumentOutOfRangeException(name, value, $"{nameof(ItemCfOptions)}.{name} must be a finite number from 0.");
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxNeighbours, 1);
    }
}
