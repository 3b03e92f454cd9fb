using LineRec.Data;
using LineRec.Simulation;
using LineRec.Training;
using TorchSharp.Modules;

namespace LineRec.Samples.Training;

/// <summary>Trains <see cref="TasteModule"/> on the Parquet files of a log.</summary>
internal static class TasteTraining
{
    private static readonly TimeSpan HeldOut = TimeSpan.FromDays(3);

    /// <summary>Trains and writes the vectors.</summary>
    public static TrainingResult Run(TasteOptions options, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        string folder = options.Data ?? Simulate(Path.Combine(options.Out, "log"));
        var log = ShopLog.Open(folder);
        var split = log.ReadTimeRange()!.Value.Last - HeldOut;
        var users = log.ReadUsers() ?? throw new FileNotFoundException($"'{folder}' has no {ShopLogLayout.UsersFile}; this sample numbers its users by it.");
        var catalog = log.ReadCatalog();
        var columns = new DatasetOptions
        {
            Columns = ["user_id", "item_id"], BatchSize = options.BatchSize, Seed = (ulong)options.Seed,
            Vocabularies = new Dictionary<string, DatasetVocabulary> { ["user_id"] = new(users.Ids.ToArray()), ["item_id"] = new(catalog.Ids.ToArray()) },
        };
        ParquetDataset Open(DatasetCondition time, int? epochs) => ParquetDataset.Open(
            Path.Combine(folder, ShopLogLayout.EventsFolder),
            columns with { Where = [DatasetCondition.In("event_type", "click", "cart", "purchase", "favourite"), time], Epochs = epochs });
        var heldOut = Open(DatasetCondition.AtLeast("timestamp", split), epochs: 1);
        var events = Open(DatasetCondition.Below("timestamp", split), epochs: null);
        using var module = new TasteModule(users.Count, catalog.Count, options.Width, options.Seed, heldOut);

        #region own-training
        using var data = new DatasetTrainingData(events);                  // a ParquetDataset with Epochs = null
        var trainer = new Trainer(new TrainerOptions
        {
            Epochs = options.Epochs, ClipNorm = 5, Progress = progress,
            Schedule = LearningRateSchedule.Over(options.Epochs * data.StepsPerEpoch, warmUpSteps: 20),
            Callbacks = [new EarlyStopping("auc") { Patience = 2 }],       // and goes back to the best epoch
            Checkpoints = options.Checkpoints is null ? null : new CheckpointOptions(options.Checkpoints) { EverySteps = options.EverySteps, StopOnSigterm = true },
        });
        var result = trainer.Fit(module, data, cancellationToken);         // goes on where an earlier process was killed
        #endregion

        if (result.End != TrainingEnd.Stopped) Save(module, options.Out);
        return result;
    }

    private static void Save(TasteModule module, string folder)
    {
        Directory.CreateDirectory(folder);
        Save(module.Users, Path.Combine(folder, "users.npy"));
        Save(module.Items, Path.Combine(folder, "items.npy"));
    }

    private static void Save(Embedding table, string path)
    {
        using var matrix = new NpyMatrix<float>(table.weight!.detach().data<float>().ToArray(), (int)table.weight.shape[1]);
        matrix.Save(path);
    }

    private static string Simulate(string folder)
    {
        if (!ShopLog.IsLog(folder)) ShopSimulator.Run(folder, new ShopSimulationOptions { Users = 800, Items = 600, Days = 20, EventTarget = 300_000 });
        return folder;
    }
}
