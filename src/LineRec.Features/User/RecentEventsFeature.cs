namespace LineRec.Features;

/// <summary>log(1 + number of events) in the last days before the request.</summary>
public sealed record RecentEventsFeature : UserFeature
{
    /// <summary>The windows in days, each over 0. Default 1, 7 and 28.</summary>
    public IReadOnlyList<int> Days { get; init; } = [1, 7, 28];

    internal override UserEncoding Compile(EncoderParts parts)
    {
        int[] days = [.. Days];
        foreach (int day in days) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(day, nameof(Days));
        return new UserEncoding([.. days.Select(d => $"user_events_{d}d")], (request, values) =>
        {
            var times = request.Context.History.Times;
            for (int i = 0; i < days.Length; i++)
            {
                long first = request.Context.UnixMilliseconds - (days[i] * LogScale.MillisecondsPerDay);
                int low = 0, high = times.Length;
                while (low < high)
                {
                    int middle = (low + high) >>> 1;
                    if (times[middle] < first) low = middle + 1;
                    else high = middle;
                }

                values[i] = LogScale.Count(times.Length - low);
            }
        });
    }
}
