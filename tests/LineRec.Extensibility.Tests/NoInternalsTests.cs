using System.Reflection;
using System.Runtime.CompilerServices;

namespace LineRec.Extensibility.Tests;

/// <summary>What these tests do, every user can do.</summary>
public class NoInternalsTests
{
    [Theory]
    [InlineData(typeof(IRetriever))]
    [InlineData(typeof(Recommender))]
    public void The_packages_open_no_internals_to_this_project(Type type)
    {
        var friends = type.Assembly.GetCustomAttributes<InternalsVisibleToAttribute>().Select(a => a.AssemblyName);

        Assert.DoesNotContain(typeof(NoInternalsTests).Assembly.GetName().Name!, friends);
    }
}
