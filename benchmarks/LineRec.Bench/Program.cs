using System.CommandLine;
using LineRec.Bench.Bundles;
using LineRec.Bench.Datasets;
using LineRec.Bench.Matching;
using LineRec.Bench.Preparation;
using LineRec.Bench.Trainers;
using LineRec.Bench.TwoTower;
using LineRec.Bench.Vectors;

// Recall, quality and throughput on the console. Each verb is a class of its own.
var root = new RootCommand(
    "Measures LineRec: recall, quality and throughput. Quality on a simulated shop and on real logs is measured by samples/LineRec.Samples.Shop, time and allocations of a request by benchmarks/LineRec.Benchmarks.")
{
    MakeBundleCommand.Create(),
    MatchingCommand.Create(),
    AblationCommand.Create(),
    TwoTowerSpeedCommand.Create(),
    TrainerCostCommand.Create(),
    VectorsCommand.Create(),
    FiltersCommand.Create(),
    BatchCommand.Create(),
    SoakCommand.Create(),
    DatasetBenchCommand.Create(),
    PreparationCommand.Create(),
    PreparationCommand.CreateShard(),
    StreamTrainingCommand.Create(),
};
return root.Parse(args).Invoke();
