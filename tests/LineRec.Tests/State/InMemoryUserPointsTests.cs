namespace LineRec.Tests.State;

public class InMemoryUserPointsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly InMemoryUserPoints _points = new();
    private readonly PointBalance _balance = new();

    [Fact]
    public void Lots_are_read_the_soonest_to_expire_first_and_expired_ones_are_not()
    {
        _points.Add("u", 5f);
        _points.Add("u", 3f, Now.AddDays(9));
        _points.Add("u", 2f, Now.AddDays(1));
        _points.Add("u", 7f, Now);
        Assert.Equal([2f, 3f, 5f], Read("u"));
        Assert.Equal([Now.AddDays(1).ToUnixTimeMilliseconds(), Now.AddDays(9).ToUnixTimeMilliseconds(), PointBalance.Never], _balance.Expiries.ToArray());
    }

    [Fact]
    public void An_unknown_user_has_none() => Assert.Empty(Read("nobody"));

    [Fact]
    public void Setting_replaces_and_zero_removes()
    {
        _points.Add("u", 5f);
        _points.Set("u", 4f, Now.AddDays(1));
        Assert.Equal([4f], Read("u"));
        _points.Set("u", 0f);
        Assert.Empty(Read("u"));
        Assert.Equal(0, _points.UserCount);
    }

    [Fact]
    public void Spending_takes_what_expires_soonest_and_never_more_than_there_is()
    {
        _points.Add("u", 100f, Now); // expired
        _points.Add("u", 5f);
        _points.Add("u", 3f, Now.AddDays(9));
        Assert.False(_points.TrySpend("u", 9f, Now));
        Assert.Equal([3f, 5f], Read("u"));
        Assert.True(_points.TrySpend("u", 4f, Now));
        Assert.Equal([4f], Read("u"));
        Assert.False(_points.TrySpend("nobody", 1f, Now));
        Assert.True(_points.TrySpend("nobody", 0f, Now));
    }

    [Fact]
    public async Task Points_spent_by_many_at_once_are_each_spent_once()
    {
        for (int i = 0; i < 100; i++) _points.Add("u", 1f, Now.AddDays(i + 1));
        bool[] paid = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 20).Select(_ => _points.TrySpend("u", 1f, Now)).ToArray())))
            .ContinueWith(t => t.Result.SelectMany(p => p).ToArray(), TaskScheduler.Default);
        Assert.Equal(100, paid.Count(p => p));
        Assert.Empty(Read("u"));
    }

    [Theory]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Points_that_can_not_be_are_refused(float points)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _points.Set("u", points));
        Assert.Throws<ArgumentOutOfRangeException>(() => _points.Add("u", points));
        Assert.Throws<ArgumentOutOfRangeException>(() => _balance.Add(points));
        Assert.Throws<ArgumentException>(() => _points.Add("", 1f));
    }

    private float[] Read(string user)
    {
        _balance.Clear();
        _points.Read(user, Now, _balance);
        return _balance.Points.ToArray();
    }
}
