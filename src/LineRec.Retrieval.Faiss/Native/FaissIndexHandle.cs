using System.Runtime.InteropServices;

namespace LineRec.Retrieval.Faiss.Native;

/// <summary>Owns a native index. A search holds a reference while it runs, so the index is freed after the last one ends.</summary>
internal sealed class FaissIndexHandle : SafeHandle
{
    public FaissIndexHandle()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        FaissNative.faiss_Index_free(handle);
        return true;
    }
}
