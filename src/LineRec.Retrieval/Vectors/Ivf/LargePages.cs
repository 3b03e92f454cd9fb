using System.Runtime.InteropServices;

namespace LineRec.Retrieval;

/// <summary>Native memory in large pages where the system offers them (Linux, transparent huge pages): lists lie anywhere, and a miss of the page table costs as much as one of the cache.</summary>
internal static unsafe partial class LargePages
{
    private const int PageBytes = 2 << 20;
    private const int AdviseHugePages = 14;

    /// <summary>Allocates zeroed memory.</summary>
    /// <param name="bytes">How much.</param>
    public static byte* Allocate(long bytes)
    {
        nuint size = (nuint)((bytes + PageBytes - 1) / PageBytes * PageBytes);
        byte* memory = (byte*)NativeMemory.AlignedAlloc(bytes < PageBytes ? (nuint)bytes : size, bytes < PageBytes ? (nuint)CodeLayout.RowBytes : PageBytes);
        if (bytes >= PageBytes && OperatingSystem.IsLinux()) _ = Advise((nint)memory, size, AdviseHugePages); // advice: refused is as good as not given
        NativeMemory.Clear(memory, (nuint)bytes);
        return memory;
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint address, nuint length, int advice);
}
