using System.Diagnostics;

namespace LineRec.Retrieval.Faiss.Tests;

/// <summary>FAISS's own C library in the package's place: LINEREC_FAISS_UPSTREAM names one.</summary>
public class FaissUpstreamTests
{
    [Fact]
    public async Task A_libfaiss_c_of_FAISSs_own_passes_the_same_tests()
    {
        string? upstream = Environment.GetEnvironmentVariable("LINEREC_FAISS_UPSTREAM");
        if (string.IsNullOrEmpty(upstream))
        {
            TestContext.Current.TestOutputHelper?.WriteLine("skipped: LINEREC_FAISS_UPSTREAM names no libfaiss_c that was built from FAISS");
            return;
        }

        // In a process of its own: this one has loaded the package's.
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])[typeof(FaissUpstreamTests).Assembly.Location, "-noLogo", "-noColor", "-class-", typeof(FaissUpstreamTests).FullName!]) start.ArgumentList.Add(argument);
        start.Environment["LINEREC_FAISS"] = upstream;
        start.Environment.Remove("LINEREC_FAISS_UPSTREAM");
        using var child = Process.Start(start)!;
        var (output, errors) = (child.StandardOutput.ReadToEndAsync(), child.StandardError.ReadToEndAsync());
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(child.ExitCode == 0, $"with {upstream}:\n{await output}\n{await errors}");
        Assert.Contains("Failed: 0", await output, StringComparison.Ordinal);
    }
}
