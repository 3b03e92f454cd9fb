namespace LineRec.Data;

public class UserPointsTableTests
{
    private static readonly DateTimeOffset Expiry = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Lots_are_read_back_as_they_were_written()
    {
        using var folder = new TemporaryFolder();
        UserPointsLot[] lots = [new("mei", 120, Expiry), new("mei", 30.5f, null), new("7", 0, Expiry.AddDays(1))];
        UserPointsTable.Write(folder["user_points.parquet"], lots);
        Assert.Equal(lots, UserPointsTable.Read(folder["user_points.parquet"]));
    }

    [Theory]
    [InlineData(-1f, "has a balance of -1 in row 1")]
    [InlineData(float.NaN, "has no balance in row 1")]
    [InlineData(float.PositiveInfinity, "must be finite")]
    public void A_balance_that_cannot_be_is_named(float balance, string said)
    {
        using var folder = new TemporaryFolder();
        UserPointsTable.Write(folder["user_points.parquet"], [new("mei", 1, null), new("ana", balance, null)]);
        string message = Assert.Throws<InvalidDataException>(() => UserPointsTable.Read(folder["user_points.parquet"]).ToList()).Message;
        Assert.Contains("user 'ana'", message);
        Assert.Contains(said, message);
    }

    [Fact]
    public void A_table_without_expiries_has_points_that_never_expire()
    {
        using var folder = new TemporaryFolder();
        UserTable users = new(["ana", "mei"], [new NumberColumn("balance", [5, 7])]);
        users.Write(folder["user_points.parquet"]);
        Assert.Equal([new("ana", 5, null), new UserPointsLot("mei", 7, null)], UserPointsTable.Read(folder["user_points.parquet"]));
    }

    [Fact]
    public void A_table_without_balances_says_what_it_has()
    {
        using var folder = new TemporaryFolder();
        new UserTable(["ana"], [new NumberColumn("points", [5])]).Write(folder["user_points.parquet"]);
        Assert.Contains("no column 'balance' (numbers); it has user_id, points", Assert.Throws<InvalidDataException>(() => UserPointsTable.Read(folder["user_points.parquet"]).ToList()).Message);
    }
}
