using System.Text;

namespace LineRec.Tracking;

/// <summary>Files that several processes read and write: each is there whole or not at all.</summary>
internal static class SharedFile
{
    private const int WouldBlock = 11, WouldBlockOnMac = 35, SharingViolation = unchecked((int)0x80070020), LockViolation = unchecked((int)0x80070021);
    private const int MostTries = 2000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Writes a file aside, onto the disk, and moves it to its place.</summary>
    /// <param name="path">Its place; its folder is created.</param>
    /// <param name="text">What it holds.</param>
    /// <param name="aside">The folder it is written in first, on the same disk, where MLflow doesn't look.</param>
    /// <param name="replace">Whether it replaces an earlier one.</param>
    /// <returns>False where there is one already and it wasn't to be replaced.</returns>
    public static bool Write(string path, string text, string aside, bool replace = true) => Write(path, Encoding.UTF8.GetBytes(text), aside, replace);

    /// <inheritdoc cref="Write(string, string, string, bool)"/>
    public static bool Write(string path, ReadOnlySpan<byte> bytes, string aside, bool replace)
    {
        string written = Aside(aside);
        using (var file = new FileStream(written, FileMode.CreateNew, FileAccess.Write))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        return Move(written, path, replace);
    }

    /// <summary>Copies a file aside and moves it to its place, over an earlier one.</summary>
    public static async Task CopyAsync(string from, string to, string aside, CancellationToken cancellationToken)
    {
        string written = Aside(aside);
        await using (var source = new FileStream(from, new FileStreamOptions { Share = FileShare.ReadWrite, Options = FileOptions.Asynchronous | FileOptions.SequentialScan }))
        await using (var target = new FileStream(written, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous }))
            await source.CopyToAsync(target, cancellationToken).ConfigureAwait(false);
        Move(written, to, replace: true);
    }

    /// <summary>A name for what is written aside.</summary>
    public static string Aside(string folder) => Path.Combine(Directory.CreateDirectory(folder).FullName, $".{Guid.NewGuid():n}.tmp");

    /// <summary>Reads a text, though another process may be writing it.</summary>
    public static string Read(string path)
    {
        using var reader = new StreamReader(Open(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>Opens a file for this process alone, waiting for others. Locks end with the process that holds them.</summary>
    public static FileStream OpenAlone(string path, FileMode mode) => Open(path, mode, FileAccess.ReadWrite, FileShare.None);

    private static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                return new FileStream(path, mode, access, share);
            }
            catch (IOException e) when (tries < MostTries && e.HResult is WouldBlock or WouldBlockOnMac or SharingViolation or LockViolation)
            {
                Thread.Sleep(Pause);
            }
        }
    }

    private static bool Move(string written, string path, bool replace)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Move(written, path, replace);
            return true;
        }
        catch (IOException) when (!replace && File.Exists(path))
        {
            File.Delete(written);
            return false;
        }
        catch
        {
            File.Delete(written);
            throw;
        }
    }
}
