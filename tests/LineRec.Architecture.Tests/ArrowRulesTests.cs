namespace LineRec.Architecture.Tests;

/// <summary>The checker itself, on graphs that are made up: a rule that can't be broken checks nothing.</summary>
public class ArrowRulesTests
{
    [Fact]
    public void A_graph_that_keeps_to_the_rules_breaks_none() => Assert.Empty(ArrowRules.Broken(Good()));

    [Theory]
    [InlineData("LineRec.Ranking", "TorchSharp", "LineRec.Ranking serves and must not load TorchSharp")]
    [InlineData("LineRec.Features", "Parquet.Net", "LineRec.Ranking serves and must not load Parquet.Net, which LineRec.Features references")]
    [InlineData("LineRec.Onnx", "libtorch-cpu-linux-x64", "must not load libtorch-cpu-linux-x64")]
    [InlineData("LineRec.Abstractions", "Polly.Core", "may reference Microsoft.Extensions.*.Abstractions only")]
    [InlineData("LineRec.Abstractions", "Microsoft.Extensions.Options", "may reference Microsoft.Extensions.*.Abstractions only")]
    public void A_package_that_is_not_allowed_is_named(string from, string package, string sentence) =>
        Assert.Contains(ArrowRules.Broken(With(from, package: package)), s => s.Contains(sentence, StringComparison.Ordinal));

    [Theory]
    [InlineData("LineRec.Training", "LineRec.Ranking", "LineRec.Training must not know LineRec.Ranking")]
    [InlineData("LineRec.Ranking", "LineRec.Training", "LineRec.Ranking must not know LineRec.Training")]
    [InlineData("LineRec.Data", "LineRec.Ranking", "LineRec.Training must not know LineRec.Ranking")]
    [InlineData("LineRec.Rerank", "LineRec.Data", "LineRec.Rerank serves and must not reference LineRec.Data")]
    [InlineData("LineRec.Retrieval", "LineRec.Onnx", "LineRec.Retrieval may reference LineRec.Abstractions alone, and references LineRec.Onnx")]
    [InlineData("LineRec.Tracking", "LineRec.Abstractions", "LineRec.Tracking may reference no package of LineRec, and references LineRec.Abstractions")]
    [InlineData("LineRec.Abstractions", "LineRec", "LineRec.Abstractions lies beneath everything and must not reference LineRec")]
    public void An_arrow_that_is_not_allowed_is_named(string from, string to, string sentence) =>
        Assert.Contains(ArrowRules.Broken(With(from, project: to)), s => s.Contains(sentence, StringComparison.Ordinal));

    [Fact]
    public void An_arrow_that_is_not_drawn_and_a_drawn_one_that_is_not_there_are_named()
    {
        var graph = new PackageGraph([new("LineRec", ["LineRec.Abstractions"], []), new("LineRec.Abstractions", [], []), new("LineRec.New", [], [])]);
        var drawn = DrawnArrows.Read("```mermaid\n%% package arrows\ngraph BT\n  LineRec.Rerank --> LineRec.Abstractions\n```\n  LineRec --> LineRec.Abstractions\n");

        Assert.Equal(
            [
                "LineRec references LineRec.Abstractions, an arrow that docs/ARCHITECTURE.md doesn't draw.",
                "docs/ARCHITECTURE.md draws LineRec.Rerank to LineRec.Abstractions; the project has no such reference.",
                "LineRec isn't drawn in docs/ARCHITECTURE.md.",
                "LineRec.New isn't drawn in docs/ARCHITECTURE.md.",
            ],
            ArrowRules.Undrawn(graph, drawn));
    }

    private static PackageGraph Good() => With("", null, null);

    private static PackageGraph With(string from, string? project = null, string? package = null)
    {
        PackageNode[] nodes =
        [
            new("LineRec.Abstractions", [], ["Microsoft.Extensions.DependencyInjection.Abstractions"]),
            new("LineRec", ["LineRec.Abstractions"], ["Apache.Arrow"]),
            new("LineRec.Retrieval", ["LineRec.Abstractions"], []),
            new("LineRec.Features", ["LineRec.Abstractions"], []),
            new("LineRec.Onnx", ["LineRec.Features"], ["Microsoft.ML.OnnxRuntime"]),
            new("LineRec.Ranking", ["LineRec.Onnx"], []),
            new("LineRec.Rerank", ["LineRec.Abstractions"], []),
            new("LineRec.Data", ["LineRec.Abstractions"], ["Parquet.Net"]),
            new("LineRec.Tracking", [], ["Polly.Core"]),
            new("LineRec.Training", ["LineRec.Features", "LineRec.Data", "LineRec.Tracking"], ["TorchSharp"]),
        ];
        return new PackageGraph(nodes.Select(n => n.Name != from ? n : n with
        {
            Projects = project is null ? n.Projects : [.. n.Projects, project],
            Packages = package is null ? n.Packages : [.. n.Packages, package],
        }));
    }
}
