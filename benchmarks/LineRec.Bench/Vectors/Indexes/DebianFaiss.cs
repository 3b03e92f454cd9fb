using System.Diagnostics;
using LineRec.Retrieval.Faiss;
using Spectre.Console;

namespace LineRec.Bench.Vectors;

/// <summary>
/// A process holds one FAISS. Where LINEREC_FAISS names one, the other, which the package brings (Debian's, with OpenBLAS), is measured as an exact index by a child of this process.
/// </summary>
internal static class DebianFaiss
{
    private const string Variable = "LINEREC_FAISS";

    /// <summary>Whether there is another FAISS than the one that is loaded.</summary>
    public static bool IsAnother => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable)) && FaissBench.IsAvailable;

    /// <summary>Measures it, alone; nothing where it isn't there.</summary>
    public static IReadOnlyList<VectorsRow> Measure(VectorsOptions options)
    {
        string json = Path.Combine(Path.GetTempPath(), $"linerec-bench-{Guid.NewGuid():N}.json");
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet") start.ArgumentList.Add(typeof(DebianFaiss).Assembly.Location);
        string metric = options.Metric switch { VectorMetric.Cosine => "cosine", VectorMetric.L2 => "l2", _ => "ip" };
        List<string> arguments = ["vectors", "--index", "faiss-flat", "--k", $"{options.K}", "--threads", $"{options.Threads}", "--passes", $"{options.Passes}", "--metric", metric, "--json", json];
        if (options.Base is null) arguments.AddRange(["--make", options.Make.Text]);
        else arguments.AddRange(["--base", options.Base, "--queries", options.Queries!]);
        if (options.Truth is not null) arguments.AddRange(["--truth", options.Truth]);
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        start.Environment.Remove(Variable);
        try
        {
            using var child = Process.Start(start)!;
            string said = child.StandardOutput.ReadToEnd();
            child.WaitForExit();
            if (child.ExitCode == 0) return VectorsReport.Load(json).Rows.Where(r => r.Version != FaissLibrary.Version || r.Simd != FaissLibrary.Simd).ToList();
            AnsiConsole.WriteLine($"The other FAISS couldn't be measured: {said.Trim().Split('\n')[^1]}");
            return [];
        }
        finally
        {
            File.Delete(json);
        }
    }
}
