namespace LineRec.Features;

/// <summary>Counts of events that fade with age, Σ exp(-age / τ), for a week, a month and a quarter as τ.</summary>
internal struct RecencyDecay
{
    internal const float ShortDays = 7f;
    internal const float MiddleDays = 30f;
    internal const float LongDays = 90f;

    internal float Short;
    internal float Middle;
    internal float Long;

    /// <summary>The counts after more time; a negative span (a clock that runs back) changes nothing.</summary>
    internal readonly RecencyDecay After(long milliseconds)
    {
        float days = (float)((double)Math.Max(0, milliseconds) / LogScale.MillisecondsPerDay);
        return new RecencyDecay { Short = Short * MathF.Exp(-days / ShortDays), Middle = Middle * MathF.Exp(-days / MiddleDays), Long = Long * MathF.Exp(-days / LongDays) };
    }

    /// <summary>The counts with one event more.</summary>
    internal readonly RecencyDecay PlusOne() => new() { Short = Short + 1f, Middle = Middle + 1f, Long = Long + 1f };
}
