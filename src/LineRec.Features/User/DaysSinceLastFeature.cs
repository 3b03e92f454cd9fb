namespace LineRec.Features;

/// <summary>log(1 + days) since the newest and since the oldest event, and a flag for an empty history.</summary>
public sealed record DaysSinceLastFeature : UserFeature
{
    internal override UserEncoding Compile(EncoderParts parts) => new(["user_days_since_last", "user_days_since_first", "user_history_empty"], (request, values) =>
    {
        var times = request.Context.History.Times;
        if (times.Length == 0)
        {
            values[2] = 1f;
            return;
        }

        values[0] = LogScale.Days(request.Context.UnixMilliseconds - times[^1]);
        values[1] = LogScale.Days(request.Context.UnixMilliseconds - times[0]);
    });
}
