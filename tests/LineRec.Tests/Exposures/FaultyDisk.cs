namespace LineRec.Tests.Exposures;

/// <summary>Opens files whose writes can be held up or refused.</summary>
internal sealed class FaultyDisk : IDisposable
{
    private readonly ManualResetEventSlim _goesOn = new(true);
    private long _left = long.MaxValue;

    /// <summary>How many bytes there is room for, over all files.</summary>
    public long Left
    {
        get => Interlocked.Read(ref _left);
        set => Interlocked.Exchange(ref _left, value);
    }

    /// <summary>Whether a write is waiting.</summary>
    public bool IsHeldUp { get; private set; }

    public void HoldUp() => _goesOn.Reset();

    public void GoOn() => _goesOn.Set();

    public Stream Open(string path) => new FaultyFile(this, path);

    public void Dispose() => _goesOn.Dispose();

    private sealed class FaultyFile(FaultyDisk disk, string path) : FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 0)
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            disk.IsHeldUp = !disk._goesOn.IsSet;
            disk._goesOn.Wait();
            int room = (int)Math.Min(buffer.Length, disk.Left);
            base.Write(buffer[..room]); // a full disk takes what it has room for
            if (room < buffer.Length) throw new IOException("No space left on device");
            disk.Left -= room;
        }
    }
}
