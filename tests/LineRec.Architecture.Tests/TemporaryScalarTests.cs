using Mono.Cecil;
using Mono.Cecil.Cil;

namespace LineRec.Architecture.Tests;

/// <summary>
/// TorchSharp frees the temporary numbers and generators that it makes itself whenever the collector runs, also under the native call that reads them. So no
/// program of the repository calls a method of TorchSharp that makes one: neither directly nor through other methods of TorchSharp.
/// </summary>
public class TemporaryScalarTests
{
    private const string Torch = "TorchSharp";

    [Fact]
    public void No_call_into_Torch_makes_a_number_or_generator_that_nothing_keeps_alive()
    {
        string[] callers = [.. Programs()];
        Assert.Contains(callers, c => Path.GetFileNameWithoutExtension(c) == "LineRec.Training");
        var making = MethodsThatMakeThem(Path.Combine(TestedFolder("LineRec.Training.Tests"), Torch + ".dll"));
        Assert.Contains(making, m => m.Contains("Tensor::op_Addition(", StringComparison.Ordinal)); // else the scan itself is broken
        Assert.Contains(making, m => m.Contains("torch/random::get_rng_state(", StringComparison.Ordinal));
        Assert.DoesNotContain(making, m => m.Contains("Tensor::op_Multiply(TorchSharp.torch/Tensor,TorchSharp.torch/Tensor)", StringComparison.Ordinal));

        Assert.Empty(callers.SelectMany(c => Calls(c).Where(call => making.Contains(call.Callee))).Select(c => $"{c.Caller} calls {c.Callee}: use ScalarOperations, or a Scalar or Generator.Default in a using"));
    }

    // The implicit conversions, and whoever calls one of them, at any depth. ToScalar and Generator.Default themselves give what they make to the caller, who can keep it.
    private static HashSet<string> MethodsThatMakeThem(string torch)
    {
        var callees = Calls(torch).GroupBy(c => c.Caller, c => c.Callee).ToDictionary(g => g.Key, g => g.ToArray());
        var making = callees.Keys.Where(m => m.Contains("TorchSharp.Scalar::op_Implicit(", StringComparison.Ordinal)).ToHashSet();
        bool Makes(string method) => making.Contains(method) || method.Contains("ScalarExtensionMethods::ToScalar(", StringComparison.Ordinal) || method.Contains("Generator::get_Default(", StringComparison.Ordinal);
        while (callees.Where(m => !making.Contains(m.Key) && m.Value.Any(Makes)).Select(m => m.Key).ToArray() is { Length: > 0 } more) making.UnionWith(more);
        return making;
    }

    private static IEnumerable<(string Caller, string Callee)> Calls(string assembly)
    {
        using var module = ModuleDefinition.ReadModule(assembly);
        return [.. module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody).SelectMany(m => m.Body.Instructions
            .Select(i => i.Operand).OfType<MethodReference>().Select(callee => (m.FullName, callee.GetElementMethod().FullName)))];
    }

    private static IEnumerable<string> Programs() => new[] { "src", "tests", "samples", "benchmarks" }
        .SelectMany(f => Directory.GetDirectories(Path.Combine(Repository.Root, f)))
        .Select(p => Path.Combine(Built(p), Path.GetFileName(p) + ".dll"))
        .Where(File.Exists).Where(UsesTorch);

    private static bool UsesTorch(string assembly)
    {
        using var module = ModuleDefinition.ReadModule(assembly);
        return module.AssemblyReferences.Any(r => r.Name == Torch);
    }

    private static string TestedFolder(string project) => Built(Path.Combine(Repository.Root, "tests", project));

    // bin/Release/net10.0 of a project: where this test's own project has its output.
    private static string Built(string project) => Path.Combine(project, Path.GetRelativePath(Path.Combine(Repository.Root, "tests", "LineRec.Architecture.Tests"), AppContext.BaseDirectory));
}
