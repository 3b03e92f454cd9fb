namespace LineRec.Data;

/// <summary>Files that were opened and may be needed again, some of them: opening one reads its footer.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class OpenFiles(IReadOnlyList<DatasetFile> files) : IDisposable
{
    private const int Most = 16;

    private readonly Lock _lock = new();
    private readonly LinkedList<(int File, OpenFile Open)> _idle = new();
    private bool _isDisposed;

    /// <summary>A file that nobody else uses until it is given back.</summary>
    public OpenFile Rent(int file)
    {
        lock (_lock)
        {
            for (var node = _idle.First; node is not null; node = node.Next)
            {
                if (node.Value.File != file) continue;
                _idle.Remove(node);
                return node.Value.Open;
            }
        }

        return new OpenFile(files[file].Source);
    }

    public void Return(int file, OpenFile open)
    {
        OpenFile? surplus = open;
        lock (_lock)
        {
            if (!_isDisposed)
            {
                _idle.AddFirst((file, open));
                surplus = _idle.Count > Most ? _idle.Last!.Value.Open : null;
                if (surplus is not null) _idle.RemoveLast();
            }
        }

        surplus?.Dispose();
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            foreach (var (_, open) in _idle) open.Dispose();
            _idle.Clear();
        }
    }
}
