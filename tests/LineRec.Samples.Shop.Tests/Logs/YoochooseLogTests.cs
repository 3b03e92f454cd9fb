using LineRec.Data;
using LineRec.Samples.Shop.Logs;

namespace LineRec.Samples.Shop;

public class YoochooseLogTests(ITestOutputHelper output)
{
    [Fact]
    public void The_split_is_the_test_files_first_click()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["clicks_train_full.txt"], "SessionId\tItemId\tTime\n3\t7\t100.25\n3\t8\t160\n");
        File.WriteAllText(folder["clicks_test.txt"], "SessionId\tItemId\tTime\n1\t8\t200.5\n1\t9\t260\n");
        var info = LogConverters.Detect(folder.Path).Convert(folder.Path, folder["out"]);
        Assert.Equal(200_500, info.SplitAt.ToUnixTimeMilliseconds());
        Assert.Equal(["next_click"], info.Tasks);
        Assert.True(info.UsersAreSessions);
        var log = ShopLog.Open(info.Directory);
        var table = log.ReadInteractions(log.ReadCatalog());
        Assert.Equal(["1", "3"], table.UserIds);
        Assert.Equal([200_500, 260_000, 100_250, 160_000], table.Times);
        Assert.Equal([1, 2, 0, 1], table.Rows);
    }

    [Theory]
    [InlineData("1\t8\t150\n", "train goes on until")]
    [InlineData("3\t8\t300\n", "a session is in both files")]
    public void Files_that_do_not_split_by_time_and_session_are_refused(string test, string reason)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["clicks_train_full.txt"], "SessionId\tItemId\tTime\n3\t7\t100.25\n3\t8\t160\n");
        File.WriteAllText(folder["clicks_test.txt"], "SessionId\tItemId\tTime\n" + test);
        Assert.Contains(reason, Assert.Throws<InvalidDataException>(() => LogConverters.Detect(folder.Path).Convert(folder.Path, folder["out"])).Message);
    }

    [Fact]
    public void The_real_log_has_the_clicks_that_were_counted()
    {
        if (SharedData.Find("yoochoose-100k", output) is not { } data) return;
        using var folder = new TemporaryFolder();
        var info = LogConverters.Detect(data).Convert(data, folder.Path);
        output.WriteLine(info.Summary);
        var log = ShopLog.Open(folder.Path);
        var table = log.ReadInteractions(log.ReadCatalog());
        Assert.Equal(70_278 + 13_568, table.Count);
        Assert.Equal(70_278, table.Before(info.SplitAt).Count);
        Assert.Equal(17_794 + 3_416, table.UserCount);
    }
}
