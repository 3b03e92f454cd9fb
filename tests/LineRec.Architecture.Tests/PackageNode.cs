namespace LineRec.Architecture.Tests;

/// <summary>One package of src/: what its project file references.</summary>
/// <param name="Name">The package's name.</param>
/// <param name="Projects">The packages of this repository that it references itself.</param>
/// <param name="Packages">The NuGet packages that it references itself; build tools (PrivateAssets=all) aside.</param>
internal sealed record PackageNode(string Name, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages);
