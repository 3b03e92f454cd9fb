using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LineRec.Retrieval.Faiss.Native;

/// <summary>Turns FAISS's error codes into exceptions.</summary>
internal static class FaissCall
{
    /// <summary>Throws with the message of this thread's last failed call.</summary>
    /// <param name="code">What the call returned.</param>
    /// <param name="what">What was tried, for the message.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Check(int code, string what)
    {
        if (code != 0) throw Failed(what);
    }

    /// <summary>The exception of the call that just failed on this thread.</summary>
    /// <param name="what">What was tried.</param>
    public static FaissException Failed(string what)
    {
        string message = Marshal.PtrToStringUTF8(FaissNative.faiss_get_last_error()) ?? "no message";
        return new FaissException($"{what} failed in FAISS: {message}", message);
    }
}
