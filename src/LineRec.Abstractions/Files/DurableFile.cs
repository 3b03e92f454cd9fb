using System.ComponentModel;
using System.Runtime.InteropServices;

namespace LineRec;

/// <summary>Writes that survive a crash: data and folder entries are on the disk before the next step begins.</summary>
/// <remarks>Thread-safe; calls about one path at once are the callers' affair.</remarks>
public static partial class DurableFile
{
    private const int InvalidArgument = 22; // what fsync says of a folder on file systems that keep no entries to flush

    /// <summary>Writes a file and flushes it to the disk.</summary>
    /// <param name="path">The file; replaced where it is there.</param>
    /// <param name="content">Its bytes.</param>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
        stream.Write(content);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Replaces a file at once: a reader sees the old content or the new, whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">Its new bytes.</param>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        string aside = Aside(path);
        try
        {
            Write(aside, content);
            PutInPlace(aside, path);
        }
        finally
        {
            File.Delete(aside);
        }
    }

    /// <summary>Replaces a file at once by one that somebody writes. Where writing fails, nothing of it is left.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes it under the name that it is given, beside the file.</param>
    public static void Replace(string path, Action<string> write)
    {
        string aside = Aside(path);
        try
        {
            write(aside);
            Flush(aside);
            PutInPlace(aside, path);
        }
        finally
        {
            File.Delete(aside);
        }
    }

    /// <summary>Flushes a file that somebody else wrote.</summary>
    /// <param name="path">The file.</param>
    public static void Flush(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Flushes a folder's entries, so that a rename in it lasts. Windows does so by itself.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="IOException">It can't be opened or flushed.</exception>
    public static void FlushDirectory(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        int descriptor = Open(path, 0);
        if (descriptor < 0) throw Failure("open", path);
        try
        {
            if (Sync(descriptor) != 0 && Marshal.GetLastPInvokeError() != InvalidArgument) throw Failure("flush", path);
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static string Aside(string path) => $"{path}.{Guid.NewGuid():N}.tmp";

    private static void PutInPlace(string aside, string path)
    {
        File.Move(aside, path, overwrite: true);
        FlushDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    private static IOException Failure(string verb, string path)
    {
        int error = Marshal.GetLastPInvokeError();
        return new IOException($"Couldn't {verb} the folder '{path}': {Marshal.GetPInvokeErrorMessage(error)}", new Win32Exception(error));
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
