namespace LineRec.Bench.Preparation;

/// <summary>Looks from time to time how much lies in a folder.</summary>
internal sealed class FolderWatch : IDisposable
{
    private readonly Timer _timer;
    private long _most;

    public FolderWatch(string folder) => _timer = new Timer(_ => Look(folder), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(20));

    public double MostMegabytes => Interlocked.Read(ref _most) / 1e6;

    public void Dispose() => _timer.Dispose();

    private void Look(string folder)
    {
        long bytes = 0;
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true }))
        {
            try
            {
                bytes += file.Length;
            }
            catch (FileNotFoundException)
            {
                // deleted meanwhile
            }
        }

        if (bytes > Interlocked.Read(ref _most)) Interlocked.Exchange(ref _most, bytes);
    }
}
