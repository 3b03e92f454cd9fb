namespace LineRec.Retrieval;

/// <summary>How much each item of a user's history weighs: its newest distinct items, by event type, place and age. An immutable value.</summary>
public sealed record HistoryWeights
{
    /// <summary>The most items that <see cref="Last"/> can ask for.</summary>
    public const int MaxLast = 1000;

    /// <summary>How many distinct items count at the most, newest first. 1 to 1,000. Default 50.</summary>
    public int Last { get; init; } = 50;

    /// <summary>The weight of each event type by its number (see <see cref="EventType"/>); 0 leaves events of that type out. Default: click, cart, purchase and favourite weigh 1.</summary>
    public IReadOnlyList<float> TypeWeights { get; init; } = [0f, 1f, 1f, 1f, 1f, 0f];

    /// <summary>What each older item's weight is multiplied with, over 0 to 1; 1 weighs all places alike. Default 0.95.</summary>
    public float Decay { get; init; } = 0.95f;

    /// <summary>After how long the weight of an event halves; null for never. Default null.</summary>
    public TimeSpan? HalfLife { get; init; }

    /// <summary>Picks the newest distinct items and their weights. An item counts once, at its newest place, with the type and age of its newest counted event.</summary>
    /// <param name="history">The user's history.</param>
    /// <param name="unixMilliseconds">The request's time.</param>
    /// <param name="rows">Receives item rows, newest first; at least <see cref="Last"/> long.</param>
    /// <param name="weights">Receives their weights; at least <see cref="Last"/> long.</param>
    /// <returns>How many were picked.</returns>
    /// <remarks>O(events looked at × Last), no allocation.</remarks>
    public int Select(UserHistory history, long unixMilliseconds, Span<int> rows, Span<float> weights)
    {
        int count = 0;
        float decay = 1f;
        var events = history.Rows;
        var types = history.Types;
        var times = history.Times;
        for (int i = events.Length - 1; i >= 0 && count < Last; i--)
        {
            int type = (int)types[i];
            float weight = type < TypeWeights.Count ? TypeWeights[type] : 0f;
            if (weight == 0f || rows[..count].Contains(events[i])) continue;
            if (HalfLife is { } halfLife) weight *= (float)double.Exp2(-(unixMilliseconds - times[i]) / halfLife.TotalMilliseconds);
            (rows[count], weights[count]) = (events[i], weight * decay);
            count++;
            decay *= Decay;
        }

        return count;
    }

    internal void Validate(string owner)
    {
        if (Last is < 1 or > MaxLast) throw new ArgumentException($"{owner}: Last is {Last}; it must be 1 to {MaxLast}.");
        if (Decay is not (> 0f and <= 1f)) throw new ArgumentException($"{owner}: Decay is {Decay}; it must be over 0 and at most 1.");
        if (HalfLife <= TimeSpan.Zero) throw new ArgumentException($"{owner}: HalfLife is {HalfLife}; it must be over zero, or null for no decay by age.");
        ValidateTypeWeights(owner, TypeWeights);
    }

    internal static void ValidateTypeWeights(string owner, IReadOnlyList<float> weights)
    {
        if (weights.Any(w => !float.IsFinite(w) || w < 0f) || weights.All(w => w == 0f))
            throw new ArgumentException($"{owner}: TypeWeights are [{string.Join(", ", weights)}]; they must be finite, 0 or more, and not all 0.");
    }
}
