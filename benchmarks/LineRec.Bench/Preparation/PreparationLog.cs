using LineRec.Data;
using LineRec.Features;
using LineRec.Preparation;
using LineRec.Simulation;

namespace LineRec.Bench.Preparation;

/// <summary>Where the log and what is made of it lie in a folder, for all processes alike.</summary>
internal sealed class PreparationLog(string folder)
{
    public string Directory => Path.Combine(folder, "log");

    public string Events => Path.Combine(Directory, ShopLogLayout.EventsFolder);

    public string Tower => Path.Combine(folder, "tower");

    /// <summary>The merged features.</summary>
    public string Features => Path.Combine(folder, "features");

    public string Out(string query) => Path.Combine(folder, "out", query + ".parquet");

    public string State(int shard) => Path.Combine(folder, "shards", $"{shard}.state");

    public string Vectors(int shard) => Path.Combine(folder, "shards", $"{shard}.npy");

    public string AllVectors => Path.Combine(folder, "shards", "items.npy");

    public EventLog Log => EventLog.Parquet(Events);

    /// <summary>The instant that features are fitted for: the first after the log.</summary>
    public DateTimeOffset AsOf => DateTimeOffset.Parse(File.ReadAllText(Path.Combine(folder, "as-of")), System.Globalization.CultureInfo.InvariantCulture);

    public static FeatureSpec Spec { get; } = FeatureSpec.Create(s => s.Item(i => i.Counts().RecentCounts().Repeats().WilsonCvr().WilsonCtr().LogNumber(CatalogColumns.Price)));

    /// <summary>Simulates the log where it isn't there yet.</summary>
    public void Make(PreparationOptions options)
    {
        string name = $"{options.Events}-{options.Users}-{options.Items}-{options.Days}-{options.Seed}", done = Path.Combine(folder, "_made");
        if (File.Exists(done) && File.ReadAllText(done) == name) return;
        if (System.IO.Directory.Exists(folder)) System.IO.Directory.Delete(folder, recursive: true);
        var truth = ShopSimulator.Run(Directory, new ShopSimulationOptions
        {
            Seed = options.Seed, EventTarget = options.Events, Users = options.Users, Items = options.Items, Days = options.Days, Threads = options.Threads, PartitionByDate = true,
        });
        File.WriteAllText(Path.Combine(folder, "as-of"), truth.EndsAt.ToString("O"));
        File.WriteAllText(done, name);
    }
}
