using LineRec.Features;

namespace LineRec.Training.Tests;

public sealed class SeparateTableTests
{
    private static readonly TwoTowerOptions Shared = new() { Dimension = 16, Epochs = 4, BatchSize = 256, CategoryDimension = 4, RetrainOnAll = false };
    private static readonly TwoTowerOptions Separate = Shared with { HistoryPooling = new HistoryPooling { Table = "history" } };

    [Fact]
    public void Histories_with_a_table_of_their_own_find_the_taste_of_users_with_twice_the_rows()
    {
        var (events, catalog) = (TasteLog.Events(), TasteLog.Catalog());
        using var one = new TwoTowerTrainer(Shared).Train(events, catalog);
        using var two = new TwoTowerTrainer(Separate).Train(events, catalog);
        using var again = new TwoTowerTrainer(Separate).Train(events, catalog);
        Assert.InRange(two.Report.ValidationRecall, 0.7, 1);
        Assert.Equal((160 * 16) + (9 * 4) + (4 * 16), one.Report.Parameters); // items, categories with the missing one, and their projection
        Assert.Equal(one.Report.Parameters + (160 * 16), two.Report.Parameters);
        Assert.Equal(Table(two, "item"), Table(again, "item"));
        Assert.Equal(Table(two, "history"), Table(again, "history"));
        Assert.NotEqual(Table(two, "item"), Table(two, "history"));
    }

    [Fact]
    public void A_training_goes_on_with_both_tables_and_new_items_are_placed_in_both()
    {
        var (events, catalog) = (TasteLog.Events(), TasteLog.Catalog(items: 168)); // events end at item 159
        string folder = Directory.CreateTempSubdirectory("linerec-two-tower-").FullName;
        try
        {
            float[] history;
            using (var earlier = new TwoTowerTrainer(Separate).Train(events, catalog))
            {
                history = Table(earlier, "history");
                earlier.State.Save(folder);
                Assert.All(history[(165 * 16)..(166 * 16)], v => Assert.Equal(0f, v));
                using var attributes = TasteLog.Features(168);
                earlier.PlaceNewItems(attributes);
                Assert.Contains(Table(earlier, "history")[(165 * 16)..(166 * 16)], v => v != 0f);
            }

            using var same = new TwoTowerTrainer(Separate with { ExamplesAfter = DateTimeOffset.MaxValue }).Continue(TwoTowerState.Open(folder), events, catalog);
            Assert.Equal(history, Table(same, "history"));
            Assert.Contains("HistoryPooling was (table history", Assert.Throws<ArgumentException>(() => new TwoTowerTrainer(Shared).Continue(TwoTowerState.Open(folder), events, catalog)).Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void The_towers_other_tables_lend_no_name() => Assert.Contains(
        "HistoryPooling.Table is scale",
        Assert.Throws<ArgumentException>(() => new TwoTowerTrainer(Shared with { HistoryPooling = new HistoryPooling { Table = "scale" } })).Message,
        StringComparison.Ordinal);

    private static float[] Table(TwoTowerModel model, string name)
    {
        string folder = Directory.CreateTempSubdirectory("linerec-two-tower-").FullName;
        try
        {
            model.Export(folder, "");
            using var table = NpyMatrix<float>.Open(Path.Combine(folder, $"tables/{name}.npy"));
            return table.Slice(0, table.Rows).ToArray();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
