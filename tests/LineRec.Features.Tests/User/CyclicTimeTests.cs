namespace LineRec.Features.Tests.User;

public class CyclicTimeTests
{
    [Theory]
    [InlineData("2025-01-01T00:00:00Z", 0, 0, 1)]
    [InlineData("2025-01-01T06:00:00Z", 0, 1, 0)]
    [InlineData("2025-01-01T12:00:00Z", 0, 0, -1)]
    [InlineData("1969-12-31T18:00:00Z", 0, -1, 0)]
    [InlineData("2025-01-01T22:00:00Z", 8, 1, 0)] // 6:00 of the next day in Taipei
    [InlineData("1970-01-01T02:00:00Z", -8, -1, 0)] // 18:00 of the day before
    public void The_hour_is_on_a_circle(string time, int offset, float sine, float cosine)
    {
        float[] values = Encode(new HourOfDayFeature { UtcOffset = TimeSpan.FromHours(offset) }, time);
        Assert.Equal(sine, values[0], 5);
        Assert.Equal(cosine, values[1], 5);
    }

    [Theory]
    [InlineData("2025-01-05T12:00:00Z", 0, DayOfWeek.Sunday)]
    [InlineData("2025-01-04T23:59:59Z", 0, DayOfWeek.Saturday)]
    [InlineData("2025-01-04T23:59:59Z", 8, DayOfWeek.Sunday)]
    [InlineData("2025-01-05T03:00:00Z", -5, DayOfWeek.Saturday)]
    [InlineData("1969-12-31T23:00:00Z", 0, DayOfWeek.Wednesday)]
    [InlineData("1950-06-25T00:00:00Z", 0, DayOfWeek.Sunday)]
    public void The_day_of_the_week_is_on_a_circle(string time, int offset, DayOfWeek day)
    {
        float[] values = Encode(new DayOfWeekFeature { UtcOffset = TimeSpan.FromHours(offset) }, time);
        Assert.Equal(Math.Sin(2 * Math.PI * (int)day / 7), values[0], 5);
        Assert.Equal(Math.Cos(2 * Math.PI * (int)day / 7), values[1], 5);
    }

    private static float[] Encode(UserFeature feature, string time)
    {
        var catalog = new Catalog(["a"], []);
        using var fitted = new FeatureFitter(FeatureSpec.Create(s => s.User(u => u.Add(feature))), catalog, TestShop.End).Fit();
        using var encoder = FeatureEncoder.Create(fitted, catalog, _ => null!);
        var context = new RequestContext();
        context.Begin(new RecommendationRequest { Placement = "home" }, new ModelSnapshot(catalog), DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture), seed: 1, take: 10);
        return TestShop.User(encoder, context);
    }
}
