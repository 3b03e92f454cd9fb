namespace LineRec.Features;

/// <summary>The request's hour in UTC on a circle: sine and cosine.</summary>
public sealed record HourOfDayFeature : UserFeature
{
    internal override UserEncoding Compile(EncoderParts parts) => new(["user_hour_sin", "user_hour_cos"], (request, values) =>
    {
        // Floored modulo, so that instants before 1970 work too.
        long ofDay = request.Context.UnixMilliseconds % LogScale.MillisecondsPerDay;
        if (ofDay < 0) ofDay += LogScale.MillisecondsPerDay;
        (values[0], values[1]) = MathF.SinCos(MathF.Tau * ofDay / LogScale.MillisecondsPerDay);
    });
}
