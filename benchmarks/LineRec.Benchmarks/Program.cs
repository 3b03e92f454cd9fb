using BenchmarkDotNet.Running;
using LineRec.Benchmarks.Request;

// dotnet run -c Release --project benchmarks/LineRec.Benchmarks -- --filter '*Request*'
// dotnet run -c Release --project benchmarks/LineRec.Benchmarks -- percentiles
// dotnet run -c Release --project benchmarks/LineRec.Benchmarks -- exposures
if (args is ["percentiles"]) RequestPercentiles.Run();
else if (args is ["exposures"]) ExposureCost.Run();
else BenchmarkSwitcher.FromAssembly(typeof(RequestBenchmarks).Assembly).Run(args);
