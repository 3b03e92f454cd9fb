namespace LineRec.Data;

public class DatasetConditionTests
{
    private static readonly DateTimeOffset Middle = DateTimeOffset.FromUnixTimeMilliseconds(SampleDataset.FirstTime + 100_500);

    private static readonly (string Name, DatasetCondition Condition, Func<long, bool> Holds, bool Prunes)[] Cases =
    [
        ("whole number below", DatasetCondition.Below("id", 40), id => id < 40, true),
        ("whole number at least", DatasetCondition.AtLeast("id", 171), id => id >= 171, true),
        ("whole number equal", DatasetCondition.Equal("id", 133), id => id == 133, true),
        ("whole number in", DatasetCondition.In("id", 3, 199, 1000), id => id is 3 or 199, true),
        ("in nothing", DatasetCondition.In("id"), id => false, true),
        ("whole number not equal", DatasetCondition.NotEqual("id", 5), id => id != 5, false),
        ("number above", DatasetCondition.Above("price", 40.5), id => SampleDataset.Price(id) > 40.5, true),
        ("number at most, whole", DatasetCondition.AtMost("price", 10), id => SampleDataset.Price(id) <= 10, true),
        ("number equal", DatasetCondition.Equal("price", 25.0), id => SampleDataset.Price(id) == 25, true),
        ("number of NaN", DatasetCondition.Below("weight", 3), id => SampleDataset.Weight(id) < 3, true),
        ("not a NaN", DatasetCondition.NotEqual("weight", 3), id => !float.IsNaN(SampleDataset.Weight(id)) && SampleDataset.Weight(id) != 3, false),
        ("NaN itself", DatasetCondition.NotEqual("weight", double.NaN), id => false, true),
        ("text equal", DatasetCondition.Equal("user", "user 3"), id => SampleDataset.User(id) == "user 3", false),
        ("text beyond", DatasetCondition.Above("user", "user 99"), id => false, true),
        ("text in", DatasetCondition.In("user", "user 1", "user 6"), id => SampleDataset.User(id) is "user 1" or "user 6", false),
        ("text not equal", DatasetCondition.NotEqual("user", "user 3"), id => SampleDataset.User(id) is not (null or "user 3"), false),
        ("text below", DatasetCondition.Below("user", "user 2"), id => SampleDataset.User(id) is { } u && string.CompareOrdinal(u, "user 2") < 0, false),
        ("truth", DatasetCondition.Equal("clicked", true), id => SampleDataset.Clicked(id) == true, false),
        ("time", DatasetCondition.AtLeast("time", Middle), id => SampleDataset.Time(id) >= Middle.ToUnixTimeMilliseconds(), true),
        ("day", DatasetCondition.Below("day", DateTimeOffset.FromUnixTimeMilliseconds(SampleDataset.Day(60))), id => SampleDataset.Day(id) < SampleDataset.Day(60), true),
    ];

    public static TheoryData<string> Names => [.. Cases.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Conditions_give_what_filtering_after_reading_gives(string name)
    {
        var (_, condition, holds, prunes) = Cases.Single(c => c.Name == name);
        using var folder = new TemporaryFolder();
        SampleDataset.WriteFiles(folder.Path, 20, 110, 90);
        var dataset = ParquetDataset.Open(folder.Path, new DatasetOptions { ShuffleRows = 0, BatchSize = 7, Where = [condition] });
        using var reader = dataset.Read();

        Assert.Equal(Enumerable.Range(0, 200).Where(id => holds(id)).Select(id => SampleDataset.Row(id)), DatasetRows.ReadAll(reader));
        Assert.Equal(prunes, dataset.PrunedRowGroupCount > 0);
    }

    [Fact]
    public void Conditions_that_all_must_hold_may_be_on_columns_that_are_not_read_and_rows_are_shuffled_after()
    {
        using var folder = new TemporaryFolder();
        SampleDataset.WriteFiles(folder.Path, 20, 110, 90);
        var options = new DatasetOptions { Where = [DatasetCondition.AtLeast("id", 30), DatasetCondition.Equal("clicked", true), DatasetCondition.Above("price", 12)], ShuffleRows = 60, Seed = 4 };
        long[] expected = [.. Enumerable.Range(30, 170).Select(i => (long)i).Where(id => SampleDataset.Clicked(id) == true && SampleDataset.Price(id) > 12)];
        var ids = DatasetRows.ReadIds(folder.Path, options);

        Assert.Equal(expected, ids.Order());
        Assert.NotEqual(expected, ids);
        var shards = Enumerable.Range(0, 3).SelectMany(s => DatasetRows.ReadIds(folder.Path, options with { Shard = s, ShardCount = 3 }));
        Assert.Equal(expected, shards.Order());
    }

    [Fact]
    public void Partitions_are_columns_and_rule_out_files_unread()
    {
        using var folder = new TemporaryFolder();
        for (int day = 1; day <= 4; day++) SampleDataset.Write(folder[$"date=2026-11-0{day}/shop=%C3%A4%2Fb/part.parquet"], day * 100, 10, 5);
        File.WriteAllText(folder["date=2026-11-01/shop=%C3%A4%2Fb/part.parquet"], "damaged, and never looked into where its day isn't wanted");
        SampleDataset.Write(folder["date=__HIVE_DEFAULT_PARTITION__/shop=x/part.parquet"], 900, 2, 5);
        var options = new DatasetOptions { Columns = ["id", "date", "shop"], ShuffleRows = 0, OnDamage = DatasetDamagePolicy.Quarantine };

        Assert.Equal(["200|2026-11-02|ä/b", "900|null|x"], new[] { 0, 30 }.Select(i => DatasetRows.ReadAll(folder.Path, options)[i]));

        var dataset = ParquetDataset.Open(folder.Path, options with { Where = [DatasetCondition.AtLeast("date", "2026-11-03")] });
        using var reader = dataset.Read();
        Assert.Equal([.. Enumerable.Range(300, 10).Select(i => $"{i}|2026-11-03|ä/b"), .. Enumerable.Range(400, 10).Select(i => $"{i}|2026-11-04|ä/b")], DatasetRows.ReadAll(reader));
        Assert.Equal((3, 0), (dataset.PrunedFileCount, dataset.Quarantined.Count));
        var byTime = options with { Where = [DatasetCondition.Below("date", new DateTimeOffset(2026, 11, 3, 0, 0, 0, TimeSpan.Zero))] };
        Assert.Equal(10, DatasetRows.ReadAll(folder.Path, byTime).Count);
    }

    [Fact]
    public void Partitions_that_are_numbers_are_compared_as_numbers()
    {
        using var folder = new TemporaryFolder();
        for (int hour = 8; hour <= 11; hour++) SampleDataset.Write(folder[$"hour={hour}/part.parquet"], hour * 100, 1, 5);

        Assert.Equal([1000L, 1100L], DatasetRows.ReadIds(folder.Path, new DatasetOptions { ShuffleRows = 0, Where = [DatasetCondition.Above("hour", 9)] }));
    }

    [Fact]
    public void A_condition_that_does_not_fit_its_column_says_what_would()
    {
        using var folder = new TemporaryFolder();
        SampleDataset.WriteFiles(folder.Path, 20, 10);
        string Message(DatasetCondition condition) => Assert.Throws<ArgumentException>(() => ParquetDataset.Open(folder.Path, new DatasetOptions { Where = [condition] })).Message;

        Assert.Contains("'id Equal 'a'' is on a column of type int64, which is compared with whole numbers", Message(DatasetCondition.Equal("id", "a")));
        Assert.Contains("is compared with DateTimeOffset", Message(DatasetCondition.Equal("time", 5)));
        Assert.Contains("is compared with numbers", Message(DatasetCondition.Equal("price", true)));
        Assert.Contains("compared with texts, not 5", Message(DatasetCondition.Equal("user", 5)));
        Assert.Contains("conditions are on numbers", Message(DatasetCondition.Equal("history", 5)));
        Assert.Contains("no column 'nothing'; it has id, user", Message(DatasetCondition.Equal("nothing", 5)));
    }
}
