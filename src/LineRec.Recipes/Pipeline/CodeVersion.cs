using System.Reflection;

namespace LineRec.Recipes;

/// <summary>The code that makes models: results of other code aren't taken for those of this one.</summary>
internal static class CodeVersion
{
    private static readonly string[] Makers = ["LineRec", "TorchSharp", "Microsoft.ML.OnnxRuntime"];

    private static readonly Lazy<string> Value = new(Compute);

    /// <summary>A hash over the builds of this library and of all that it is built on. A build is deterministic, so equal sources give equal hashes.</summary>
    public static string Current => Value.Value;

    private static string Compute()
    {
        var found = new Dictionary<string, string>();
        var open = new Stack<Assembly>([typeof(CodeVersion).Assembly]);
        while (open.TryPop(out var assembly))
        {
            if (!found.TryAdd(assembly.GetName().Name!, assembly.ManifestModule.ModuleVersionId.ToString())) continue;
            foreach (var reference in assembly.GetReferencedAssemblies().Where(r => Makers.Any(m => r.Name == m || r.Name!.StartsWith(m + ".", StringComparison.Ordinal))))
                open.Push(Assembly.Load(reference));
        }

        return FileFingerprint.Of(found);
    }
}
