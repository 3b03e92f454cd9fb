using System.Text.RegularExpressions;

namespace LineRec.Architecture.Tests;

/// <summary>What no drawing may change: docs/decisions/0001-stage-packages-depend-on-abstractions.md says why.</summary>
internal static partial class ArrowRules
{
    private const string Abstractions = "LineRec.Abstractions";

    /// <summary>The packages that a serving host loads.</summary>
    public static readonly IReadOnlyList<string> Serving =
        [Abstractions, "LineRec", "LineRec.Retrieval", "LineRec.Retrieval.Faiss", "LineRec.Retrieval.Text", "LineRec.Features", "LineRec.Onnx", "LineRec.Ranking", "LineRec.Rerank"];

    /// <summary>Packages that know stages only through Abstractions.</summary>
    private static readonly string[] OnAbstractionsAlone = ["LineRec", "LineRec.Retrieval", "LineRec.Retrieval.Faiss", "LineRec.Features", "LineRec.Rerank", "LineRec.Data"];

    /// <summary>A package that any trainer can use, whatever it trains.</summary>
    private const string Tracking = "LineRec.Tracking";

    /// <summary>Libraries that only training and data preparation may load, by the start of their names.</summary>
    private static readonly string[] Offline = ["TorchSharp", "libtorch", "Parquet", "DuckDB", "LightGBM"];

    public static bool IsOffline(string package) => Offline.Any(o => package.StartsWith(o, StringComparison.OrdinalIgnoreCase));

    /// <summary>Every broken rule, as a sentence; none when all hold.</summary>
    public static IReadOnlyList<string> Broken(PackageGraph graph)
    {
        var broken = new List<string>();
        foreach (string name in Serving)
        {
            foreach (var node in graph.Closure(name))
            {
                broken.AddRange(node.Packages.Where(IsOffline).Select(p => $"{name} serves and must not load {p}, which {node.Name} references."));
                if (!Serving.Contains(node.Name)) broken.Add($"{name} serves and must not reference {node.Name}, which is for data and training.");
            }
        }

        Separate(graph, "LineRec.Training", "LineRec.Ranking", broken);
        Separate(graph, "LineRec.Ranking", "LineRec.Training", broken);
        foreach (var node in graph.Nodes)
        {
            if (OnAbstractionsAlone.Contains(node.Name))
            {
                broken.AddRange(node.Projects.Where(p => p != Abstractions)
                    .Select(p => $"{node.Name} may reference {Abstractions} alone, and references {p}."));
            }

            if (node.Name == Tracking) broken.AddRange(node.Projects.Select(p => $"{Tracking} may reference no package of LineRec, and references {p}."));
            if (node.Name != Abstractions) continue;
            broken.AddRange(node.Projects.Select(p => $"{Abstractions} lies beneath everything and must not reference {p}."));
            broken.AddRange(node.Packages.Where(p => !ExtensionsAbstraction().IsMatch(p))
                .Select(p => $"{Abstractions} may reference Microsoft.Extensions.*.Abstractions only, and references {p}."));
        }

        return broken;
    }

    /// <summary>Every difference between the references and the arrows that are drawn, as a sentence.</summary>
    /// <param name="graph">The references.</param>
    /// <param name="drawn">The arrows: who references whom.</param>
    public static IReadOnlyList<string> Undrawn(PackageGraph graph, IReadOnlySet<(string From, string To)> drawn)
    {
        var real = graph.Nodes.SelectMany(n => n.Projects.Select(p => (From: n.Name, To: p))).ToHashSet();
        var names = drawn.SelectMany(a => new[] { a.From, a.To }).ToHashSet();
        return
        [
            .. real.Except(drawn).Select(a => $"{a.From} references {a.To}, an arrow that docs/ARCHITECTURE.md doesn't draw."),
            .. drawn.Except(real).Select(a => $"docs/ARCHITECTURE.md draws {a.From} to {a.To}; the project has no such reference."),
            .. graph.Nodes.Where(n => !names.Contains(n.Name)).Select(n => $"{n.Name} isn't drawn in docs/ARCHITECTURE.md."),
        ];
    }

    private static void Separate(PackageGraph graph, string from, string to, List<string> broken)
    {
        if (graph.Closure(from).Any(n => n.Name == to)) broken.Add($"{from} must not know {to}: they meet in files and in LineRec.Features.");
    }

    [GeneratedRegex(@"^Microsoft\.Extensions\.(.+\.)?Abstractions$")]
    private static partial Regex ExtensionsAbstraction();
}
