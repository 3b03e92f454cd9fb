using System.Text.Json.Serialization;

namespace LineRec.Features;

/// <summary>The request's day of the week on a circle: sine and cosine of 2π · day / 7, Sunday 0.</summary>
public sealed record DayOfWeekFeature : UserFeature
{
    private const int FirstDay = (int)DayOfWeek.Thursday; // 1970-01-01

    /// <summary>What the shop's clock is ahead of UTC; default zero, UTC. A fixed offset, so without daylight saving.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public TimeSpan UtcOffset { get; init; }

    internal override UserEncoding Compile(EncoderParts parts)
    {
        long offset = (long)UtcOffset.TotalMilliseconds;
        return new UserEncoding(["user_weekday_sin", "user_weekday_cos"], (request, values) =>
        {
            int day = (FirstDay + LogScale.DayOf(request.Context.UnixMilliseconds + offset)) % 7;
            (values[0], values[1]) = MathF.SinCos(MathF.Tau * (day < 0 ? day + 7 : day) / 7f);
        });
    }
}
