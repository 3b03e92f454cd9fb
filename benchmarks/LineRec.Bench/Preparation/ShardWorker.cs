using System.Globalization;
using LineRec.Data;
using LineRec.Features;
using LineRec.Preparation;

namespace LineRec.Bench.Preparation;

/// <summary>What one of several processes does: counts its share of the events, or embeds its share of the items.</summary>
internal sealed class ShardWorker(string folder)
{
    public const string Verb = "preparation-shard";
    public const string Count = "count";
    public const string Embed = "embed";

    private readonly PreparationLog _log = new(folder);

    /// <summary>Does a share, and says on the console how many seconds of processor time the process took.</summary>
    public void Run(string step, int shard, int count)
    {
        if (step == Count) CountEvents(shard, count);
        else EmbedItems(shard, count);
        Console.WriteLine(Environment.CpuUsage.TotalTime.TotalSeconds.ToString("R", CultureInfo.InvariantCulture));
    }

    private void CountEvents(int shard, int count)
    {
        var events = DatasetSource.At(_log.Events);
        new ShardedFit(PreparationLog.Spec, ReadCatalog(), _log.AsOf).Count(events, ShardedFit.ListUsers(events), shard, count, _log.State(shard));
    }

    private void EmbedItems(int shard, int count)
    {
        var catalog = ReadCatalog();
        using var features = FittedFeatures.Load(_log.Features);
        using var tower = new ItemTowerRows(_log.Tower, catalog, features);
        ShardedRows.Write(_log.Vectors(shard), catalog.Count, tower.Width, shard, count, tower.Encode);
    }

    private Catalog ReadCatalog() => ShopLog.Open(_log.Directory).ReadCatalog();
}
