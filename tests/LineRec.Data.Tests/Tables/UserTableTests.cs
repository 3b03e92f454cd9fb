namespace LineRec.Data;

public class UserTableTests
{
    [Fact]
    public void Users_are_read_back_as_they_were_written()
    {
        using var folder = new TemporaryFolder();
        new UserTable(["u1", "u2"], [TextColumn.Encode("age", ["25-34", null]), new NumberColumn("kids", [2, float.NaN])]).Write(folder["users.parquet"]);
        var read = UserTable.Read(folder["users.parquet"]);
        Assert.True(read.TryGetRow("u2", out int row));
        Assert.Equal(1, row);
        Assert.Equal("25-34", read.Find<TextColumn>("age")![0]);
        Assert.Null(read.Find<TextColumn>("age")![1]);
        Assert.Equal([2, float.NaN], read.Find<NumberColumn>("kids")!.Values);
    }
}
