using System.Reflection;

namespace LineRec.Architecture.Tests;

/// <summary>Users of Abstractions and LineRec see .NET's types, Microsoft.Extensions' and LineRec's own.</summary>
public class PublicSurfaceTests
{
    [Theory]
    [InlineData("LineRec.Abstractions")]
    [InlineData("LineRec")]
    public void No_type_of_another_maker_shows(string assembly) =>
        Assert.Empty(PublicSurface.Foreign(Assembly.Load(assembly).GetExportedTypes()));

    [Theory]
    [InlineData(typeof(Leaks.ByBase), "derives from: Xunit.Sdk.XunitException")]
    [InlineData(typeof(Leaks.ByInterface), "implements: Xunit.IAsyncLifetime")]
    [InlineData(typeof(Leaks.ByReturn), "ByReturn.Make: Xunit.TheoryAttribute")]
    [InlineData(typeof(Leaks.ByArgument), "ByArgument..ctor: Xunit.FactAttribute")]
    [InlineData(typeof(Leaks.ByTypeArgument), "ByTypeArgument.get_All: Xunit.FactAttribute")]
    [InlineData(typeof(Leaks.ByArray), "ByArray.All: Xunit.FactAttribute")]
    [InlineData(typeof(Leaks.ByConstraint<>), "demands: Xunit.FactAttribute")]
    [InlineData(typeof(Leaks.ByProtectedMember), "ByProtectedMember.Make: Xunit.FactAttribute")]
    public void A_type_of_another_maker_is_found_wherever_it_shows(Type leak, string where) =>
        Assert.Contains(PublicSurface.Foreign([leak]), s => s.EndsWith(where, StringComparison.Ordinal));

    [Fact]
    public void What_does_not_show_is_not_counted() => Assert.Empty(PublicSurface.Foreign([typeof(Leaks.InPrivate)]));
}
