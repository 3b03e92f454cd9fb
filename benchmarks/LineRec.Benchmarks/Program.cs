using BenchmarkDotNet.Running;
using LineRec.Benchmarks.Request;

// dotnet run -c Release --project benchmarks/LineRec.Benchmarks -- --filter '*Request*'
// dotnet run -c Release --project benchmarks/LineRec.Benchmarks -- percentiles
if (args is ["percentiles"]) RequestPercentiles.Run();
else BenchmarkSwitcher.FromAssembly(typeof(RequestBenchmarks).Assembly).Run(args);
