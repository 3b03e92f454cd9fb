using LineRec.Data;
using LineRec.Samples.Shop.Logs;

namespace LineRec.Samples.Shop;

public class LogConvertersTests
{
    [Fact]
    public void A_folder_that_holds_no_known_log_is_answered_with_the_layouts_that_there_are()
    {
        using var folder = new TemporaryFolder();
        string message = Assert.Throws<InvalidDataException>(() => LogConverters.Detect(folder.Path)).Message;
        Assert.All(LogConverters.All, c => Assert.Contains(c.Dataset + ": ", message));
        Assert.Throws<DirectoryNotFoundException>(() => LogConverters.Detect(folder["nowhere"]));
    }

    [Fact]
    public void A_folder_in_the_contracts_layout_is_taken_as_it_is()
    {
        using var folder = new TemporaryFolder();
        ItemTable.Write(folder["items.parquet"], new Catalog(["a"], []));
        using (var writer = new EventWriter(folder["events.parquet"]))
        {
            for (int day = 0; day < 50; day++) writer.Write(new EventRow("u", "a", EventType.Purchase, day * 86_400_000L));
            writer.Complete();
        }

        var info = LogConverters.Detect(folder.Path).Convert(folder.Path, folder["out"]);
        Assert.Equal(folder.Path, info.Directory);
        Assert.Equal(TimeSpan.FromDays(5), info.Window);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds((49 * 86_400_000L) + 1), info.EndsAt);
        Assert.False(info.HasImpressions);
    }

    [Fact]
    public void A_contract_folder_without_events_is_named()
    {
        using var folder = new TemporaryFolder();
        ItemTable.Write(folder["items.parquet"], new Catalog(["a"], []));
        using (var writer = new EventWriter(folder["events.parquet"])) writer.Complete();
        Assert.Contains("holds no events", Assert.Throws<InvalidDataException>(() => LogConverters.Detect(folder.Path).Convert(folder.Path, folder["out"])).Message);
    }
}
