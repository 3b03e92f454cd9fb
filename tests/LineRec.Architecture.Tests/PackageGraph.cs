using System.Xml.Linq;

namespace LineRec.Architecture.Tests;

/// <summary>The packages of src/ and the references between them.</summary>
internal sealed class PackageGraph(IEnumerable<PackageNode> nodes)
{
    private readonly SortedDictionary<string, PackageNode> _nodes = new(nodes.ToDictionary(n => n.Name), StringComparer.Ordinal);

    public IReadOnlyCollection<PackageNode> Nodes => _nodes.Values;

    /// <summary>Reads every src/*/*.csproj.</summary>
    public static PackageGraph Load(string sourceFolder) =>
        new(Directory.GetFiles(sourceFolder, "*.csproj", SearchOption.AllDirectories).Select(Read));

    /// <summary>Everything that a package references, directly or through others, itself included.</summary>
    public IReadOnlyList<PackageNode> Closure(string name)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([name]);
        while (open.TryPop(out string? next))
        {
            if (!_nodes.TryGetValue(next, out var node) || !found.Add(next)) continue;
            foreach (string reference in node.Projects) open.Push(reference);
        }

        return [.. found.Select(n => _nodes[n])];
    }

    private static PackageNode Read(string file)
    {
        var project = XDocument.Load(file);
        return new PackageNode(
            Path.GetFileNameWithoutExtension(file),
            [.. References(project, "ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Replace('\\', '/')))],
            [.. References(project, "PackageReference")]);
    }

    private static IEnumerable<string> References(XDocument project, string kind) => project.Descendants(kind)
        .Where(e => (string?)e.Attribute("PrivateAssets") != "all" && (string?)e.Attribute("ReferenceOutputAssembly") != "false")
        .Select(e => (string?)e.Attribute("Include"))
        .OfType<string>();
}
