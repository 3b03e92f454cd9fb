using LineRec.Data;
using LineRec.Features;
using LineRec.Simulation;

namespace LineRec.Preparation.Tests.Sharding;

public sealed class ShardedFitTests : IDisposable
{
    private static readonly FeatureSpec Spec = FeatureSpec.Create(s => s.Item(i => i
        .Counts(EventType.Click, EventType.Impression).RecentCounts().WilsonCtr().Repeats().TargetCtr("category").Number("price", new QuantileTransform())));

    private readonly string _folder = Directory.CreateTempSubdirectory("linerec-shards").FullName;
    private readonly ShopLog _log;
    private readonly Catalog _catalog;
    private readonly DateTimeOffset _asOf;
    private readonly string _events;
    private readonly DatasetVocabulary _users;

    public ShardedFitTests()
    {
        string directory = Path.Combine(_folder, "log");
        var truth = ShopSimulator.Run(directory, new ShopSimulationOptions { Seed = 3, Users = 120, Items = 150, Days = 4, EventTarget = 12_000, PartitionByDate = true });
        _events = Path.Combine(directory, "events");
        _log = ShopLog.Open(directory);
        _catalog = _log.ReadCatalog();
        _asOf = truth.EndsAt.AddDays(-1); // some events are too late to count
        _users = ShardedFit.ListUsers(DatasetSource.At(_events));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(7)]
    public void The_fit_of_shards_is_that_of_one_pass_over_the_log_bit_for_bit(int shards)
    {
        var fit = new ShardedFit(Spec, _catalog, _asOf);
        string[] states = [.. Enumerable.Range(0, shards).Select(s => Path.Combine(_folder, $"state-{s}"))];

        var reports = states.Select((state, shard) => fit.Count(DatasetSource.At(_events), _users, shard, shards, state)).ToList();
        using var merged = fit.Merge([.. states.Reverse()]);

        using var whole = FitWhole();
        Assert.Equal(whole.Fingerprint, merged.Fingerprint);
        Assert.Equal(whole.Items.Slice(0, whole.Items.Rows).ToArray(), merged.Items.Slice(0, merged.Items.Rows).ToArray());
        Assert.Equal(_log.Events.CountRows(), reports.Sum(r => r.Rows));
        Assert.All(reports, r => Assert.InRange(r.Rows, _log.Events.CountRows() / shards, (_log.Events.CountRows() / shards) + 1));
        Assert.All(reports.Zip(states), r => Assert.Equal(new FileInfo(r.Second).Length, r.First.StateBytes));
    }

    [Fact]
    public void All_users_of_the_log_are_listed_in_ordinal_order()
    {
        string[] users = [.. _log.ReadEvents(EventColumns.None).SelectMany(b => b.UserIds).Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal(users.Length, _users.Count);
        Assert.All(users, (user, number) => Assert.Equal(number, _users.Find(System.Text.Encoding.UTF8.GetBytes(user))));
    }

    [Fact]
    public void A_user_that_is_not_listed_is_refused()
    {
        var fit = new ShardedFit(Spec, _catalog, _asOf);

        var error = Assert.Throws<InvalidDataException>(() => fit.Count(DatasetSource.At(_events), new DatasetVocabulary(["nobody"]), 0, 1, Path.Combine(_folder, "state")));

        Assert.Contains("isn't among the 1 given", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder, "state")));
    }

    [Fact]
    public void A_count_that_is_cancelled_writes_nothing()
    {
        string state = Path.Combine(_folder, "state");
        Assert.Throws<OperationCanceledException>(() => new ShardedFit(Spec, _catalog, _asOf).Count(DatasetSource.At(_events), _users, 0, 1, state, new CancellationToken(canceled: true)));
        Assert.False(File.Exists(state));
    }

    [Fact]
    public void Nothing_can_not_be_merged() => Assert.Throws<ArgumentException>(() => new ShardedFit(Spec, _catalog, _asOf).Merge([]));

    /// <summary>The fit as a single process does it, without datasets or shards: by the reader of events.</summary>
    private FittedFeatures FitWhole()
    {
        var fitter = new FeatureFitter(Spec, _catalog, _asOf);
        var rows = new Dictionary<string, int>();
        for (int row = 0; row < _catalog.Count; row++) rows[_catalog.Ids[row]] = row;
        string[] users = [.. _log.ReadEvents(EventColumns.None).SelectMany(b => b.UserIds).Distinct().Order(StringComparer.Ordinal)];
        foreach (var batch in _log.ReadEvents(EventColumns.None))
        {
            int[] numbers = [.. batch.UserIds.Select(u => Array.BinarySearch(users, u, StringComparer.Ordinal))], items = [.. batch.ItemIds.Select(i => i is null ? -1 : rows.GetValueOrDefault(i, -1))];
            fitter.Add(numbers, items, batch.Types, batch.Times);
        }

        return fitter.Fit();
    }
}
