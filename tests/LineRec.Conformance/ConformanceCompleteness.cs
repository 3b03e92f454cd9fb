using System.Reflection;

namespace LineRec.Conformance;

/// <summary>Finds components without a suite: for XRetriever, some class derived from the suite whose name starts with XRetriever.</summary>
public static class ConformanceCompleteness
{
    private static readonly (Type Component, Type Suite)[] Suites =
    [
        (typeof(IRetriever), typeof(RetrieverConformance)),
        (typeof(IRanker), typeof(RankerConformance)),
        (typeof(IReRanker), typeof(ReRankerConformance)),
        (typeof(IVectorIndex), typeof(IndexConformance)),
    ];

    /// <summary>The names of the public components of an assembly for which the tests have no suite.</summary>
    public static string[] Missing(Assembly components, Assembly tests) =>
    [
        .. from component in components.GetExportedTypes()
           where component is { IsClass: true, IsAbstract: false }
           from pair in Suites
           where pair.Component.IsAssignableFrom(component)
           where !tests.GetTypes().Any(t => !t.IsAbstract && t.IsSubclassOf(pair.Suite) && t.Name.StartsWith(component.Name.Split('`')[0], StringComparison.Ordinal))
           select $"{component.Name} needs a class {component.Name}…Tests : {pair.Suite.Name}",
    ];
}
