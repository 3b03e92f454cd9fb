using System.Runtime.CompilerServices;

namespace LineRec.Retrieval;

/// <summary>Where code blocks lie: their heads follow each other, and their tails elsewhere; both 64-byte aligned.</summary>
/// <param name="head">The first block's head.</param>
/// <param name="tail">The first block's tail; anything where blocks have none.</param>
internal readonly unsafe struct CodePlanes(byte* head, byte* tail)
{
    public byte* Head => head;

    public byte* Tail => tail;

    /// <summary>The same from a block on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public CodePlanes At(CodeLayout layout, long block) => new(head + (block * layout.HeadBytes), tail + (block * layout.TailBytes));
}
