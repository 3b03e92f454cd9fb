namespace LineRec.Extensibility.Tests.Components;

/// <summary>A service of one request: each component that was given it signs.</summary>
internal sealed class Visit
{
    public List<string> SignedBy { get; } = [];
}
