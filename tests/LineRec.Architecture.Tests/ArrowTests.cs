namespace LineRec.Architecture.Tests;

/// <summary>The packages of src/ keep to the arrows.</summary>
public class ArrowTests
{
    private static readonly PackageGraph Graph = PackageGraph.Load(Path.Combine(Repository.Root, "src"));

    [Fact]
    public void The_packages_keep_to_the_rules() => Assert.Empty(ArrowRules.Broken(Graph));

    [Fact]
    public void The_references_are_the_arrows_that_are_drawn()
    {
        var drawn = DrawnArrows.Read(File.ReadAllText(Path.Combine(Repository.Root, "docs", "ARCHITECTURE.md")));

        Assert.Empty(ArrowRules.Undrawn(Graph, drawn));
    }

    [Fact]
    public void All_serving_packages_are_in_the_graph() => Assert.Empty(ArrowRules.Serving.Except(Graph.Nodes.Select(n => n.Name)));

    [Fact]
    public void No_serving_package_brings_a_training_library_along()
    {
        foreach (string name in ArrowRules.Serving) Assert.DoesNotContain(ResolvedPackages.Of(name), ArrowRules.IsOffline);
    }

    [Fact]
    public void Nothing_but_extension_abstractions_is_resolved_beneath_Abstractions() =>
        Assert.All(ResolvedPackages.Of("LineRec.Abstractions"), p => Assert.Matches(@"^Microsoft\.Extensions\..*Abstractions$", p));

    [Fact]
    public void No_serving_assembly_is_compiled_against_a_training_library()
    {
        foreach (string name in ArrowRules.Serving)
        {
            var references = System.Reflection.Assembly.Load(name).GetReferencedAssemblies().Select(a => a.Name!);
            Assert.DoesNotContain(references, r => ArrowRules.IsOffline(r) || r is "LineRec.Data" or "LineRec.Training" or "LineRec.Simulation");
        }
    }
}
