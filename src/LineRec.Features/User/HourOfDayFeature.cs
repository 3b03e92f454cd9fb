using System.Text.Json.Serialization;

namespace LineRec.Features;

/// <summary>The request's time of day on a circle: sine and cosine of 2π · hours / 24, so that 23:59 is beside 0:00.</summary>
public sealed record HourOfDayFeature : UserFeature
{
    /// <summary>What the shop's clock is ahead of UTC; default zero, UTC. A fixed offset, so without daylight saving.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public TimeSpan UtcOffset { get; init; }

    internal override UserEncoding Compile(EncoderParts parts)
    {
        long offset = (long)UtcOffset.TotalMilliseconds;
        return new UserEncoding(["user_hour_sin", "user_hour_cos"], (request, values) =>
        {
            // Floored modulo, so that instants before 1970 work too.
            long ofDay = (request.Context.UnixMilliseconds + offset) % LogScale.MillisecondsPerDay;
            if (ofDay < 0) ofDay += LogScale.MillisecondsPerDay;
            (values[0], values[1]) = MathF.SinCos(MathF.Tau * ofDay / LogScale.MillisecondsPerDay);
        });
    }
}
