using System.Reflection;
using PublicApiGenerator;

namespace LineRec.PublicApi.Tests;

/// <summary>The public API of each package is the approved one. UPDATE_API=1 approves what there is.</summary>
public class PublicApiTests
{
    private const string Update = "UPDATE_API";

    public static TheoryData<string> Packages => [.. Package.Names];

    [Theory]
    [MemberData(nameof(Packages))]
    public void The_public_api_is_the_approved_one(string name)
    {
        var package = new Package(name);
        string actual = Generate(package.Assembly);
        if (Environment.GetEnvironmentVariable(Update) == "1") File.WriteAllText(package.Approved, actual);

        string approved = File.Exists(package.Approved) ? File.ReadAllText(package.Approved) : "";

        Assert.True(approved == actual, Difference.Describe(name, approved, actual));
    }

    [Fact]
    public void Every_approved_text_belongs_to_a_package() => Assert.Empty(
        Directory.GetFiles(Package.ApprovedFolder, "*.txt").Select(f => Path.GetFileNameWithoutExtension(f)).Except(Package.Names));

    [Fact]
    public void A_difference_names_the_lines_and_the_way_out()
    {
        string[] text = Difference.Describe("LineRec.X", "a\nb\nc\n", "a\nc\na\n").Split('\n');

        Assert.Equal(["- b", "+ a"], text[1..3]);
        Assert.Contains("UPDATE_API=1", text[^1], StringComparison.Ordinal);
    }

    private static string Generate(string assembly) => Assembly.LoadFrom(assembly)
        .GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false })
        .ReplaceLineEndings("\n").TrimEnd() + "\n";
}
