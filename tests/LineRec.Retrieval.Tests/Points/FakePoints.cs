namespace LineRec.Retrieval.Tests.Points;

/// <summary>The same lots for everybody.</summary>
internal sealed class FakePoints(params (float Points, double? DaysLeft)[] lots) : IUserPoints
{
    public void Read(string userId, DateTimeOffset time, PointBalance balance)
    {
        foreach (var (points, days) in lots) balance.Add(points, days is { } d ? time.AddDays(d) : null);
    }
}
