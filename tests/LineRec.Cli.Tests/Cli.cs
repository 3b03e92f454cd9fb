using System.Text.Json;

namespace LineRec.Cli.Tests;

/// <summary>Runs the command line in this process.</summary>
internal static class Cli
{
    /// <summary>Runs it.</summary>
    public static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using StringWriter output = new(), error = new();
        int code = await CommandLine.RunAsync(args, output, error);
        return (code, output.ToString(), error.ToString());
    }

    /// <summary>Runs it with --json; it must end well.</summary>
    public static async Task<JsonElement> JsonAsync(params string[] args)
    {
        var (code, output, error) = await RunAsync([.. args, "--json"]);
        Assert.True(code == 0, $"linerec {string.Join(' ', args)} ended with {code}: {error}");
        return JsonDocument.Parse(output).RootElement;
    }

    /// <summary>The steps that a run made, rather than found done.</summary>
    public static IEnumerable<string> Made(JsonElement run) => run.GetProperty("steps").EnumerateArray().Where(s => s.GetProperty("ran").GetBoolean()).Select(s => s.GetProperty("step").GetString()!);
}
