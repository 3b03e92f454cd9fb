using System.Text;

namespace LineRec.Preparation.Tests.Reference;

/// <summary>Orders texts by their UTF-8 bytes, null first.</summary>
internal sealed class ByBytes : IComparer<string?>
{
    public static ByBytes Order { get; } = new();

    public int Compare(string? x, string? y) => (x, y) switch
    {
        (null, null) => 0,
        (null, _) => -1,
        (_, null) => 1,
        _ => Encoding.UTF8.GetBytes(x).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y)),
    };
}
