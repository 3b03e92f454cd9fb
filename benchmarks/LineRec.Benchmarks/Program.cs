using BenchmarkDotNet.Running;

// dotnet run -c Release --project benchmarks/LineRec.Benchmarks -- --filter '*Request*'
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
