namespace LineRec.Features;

/// <summary>The request's day of the week in UTC on a circle: sine and cosine.</summary>
public sealed record DayOfWeekFeature : UserFeature
{
    internal override UserEncoding Compile(EncoderParts parts) => new(["user_weekday_sin", "user_weekday_cos"], (request, values) =>
        (values[0], values[1]) = MathF.SinCos(MathF.Tau * (int)request.Context.Time.UtcDateTime.DayOfWeek / 7f));
}
