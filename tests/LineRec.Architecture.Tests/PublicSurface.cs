using System.Reflection;
using System.Runtime.InteropServices;

namespace LineRec.Architecture.Tests;

/// <summary>Finds types of other makers in what a package shows to its users.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Every foreign type that shows in the given types: "where: type".</summary>
    /// <param name="types">An assembly's exported types.</param>
    public static IReadOnlyList<string> Foreign(IEnumerable<Type> types) =>
        [.. types.SelectMany(t => Shown(t).SelectMany(s => Parts(s.Type).Where(IsForeign).Select(f => $"{s.Where}: {f}"))).Distinct().Order(StringComparer.Ordinal)];

    private static bool IsForeign(Type type)
    {
        if (type.IsGenericParameter) return false;
        string name = type.Assembly.GetName().Name!;
        bool framework = Path.GetDirectoryName(type.Assembly.Location) + "/" == RuntimeEnvironment.GetRuntimeDirectory();
        return !framework && name != "LineRec" && !name.StartsWith("LineRec.", StringComparison.Ordinal)
            && !name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal);
    }

    private static IEnumerable<(string Where, Type Type)> Shown(Type type)
    {
        string name = type.FullName!;
        if (type.BaseType is { } parent) yield return ($"{name} derives from", parent);
        foreach (var contract in type.GetInterfaces()) yield return ($"{name} implements", contract);
        foreach (var constraint in type.GetGenericArguments().SelectMany(g => g.GetGenericParameterConstraints())) yield return ($"{name} demands", constraint);
        foreach (var attribute in type.GetCustomAttributesData()) yield return ($"{name} is marked", attribute.AttributeType);
        foreach (var member in type.GetMembers(Declared).Where(IsShown))
        {
            foreach (var shown in TypesOf(member)) yield return ($"{name}.{member.Name}", shown);
        }
    }

    private static bool IsShown(MemberInfo member) => member switch
    {
        MethodBase m => m.IsPublic || m.IsFamily || m.IsFamilyOrAssembly,
        FieldInfo f => f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly,
        _ => false, // properties and events show through their methods; nested types are exported types of their own
    };

    private static IEnumerable<Type> TypesOf(MemberInfo member) => member switch
    {
        FieldInfo f => [f.FieldType],
        MethodInfo m => [m.ReturnType, .. m.GetParameters().Select(p => p.ParameterType), .. m.GetGenericArguments().SelectMany(g => g.GetGenericParameterConstraints())],
        MethodBase c => c.GetParameters().Select(p => p.ParameterType),
        _ => [],
    };

    /// <summary>The type itself without its array, pointer or reference, and its type arguments.</summary>
    private static IEnumerable<Type> Parts(Type type)
    {
        while (type.HasElementType) type = type.GetElementType()!;
        yield return type;
        foreach (var argument in type.GetGenericArguments().Where(a => !a.IsGenericParameter))
        {
            foreach (var part in Parts(argument)) yield return part;
        }
    }
}
