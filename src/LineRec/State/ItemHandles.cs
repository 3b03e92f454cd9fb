using System.Collections.Concurrent;

namespace LineRec;

/// <summary>Small numbers for item ids, the same for the life of the process, whatever bundle is current. Thread-safe.</summary>
internal sealed class ItemHandles
{
    private readonly ConcurrentDictionary<string, int> _handles = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private string[] _ids = new string[1024];
    private int _count;

    public int Of(string itemId)
    {
        if (_handles.TryGetValue(itemId, out int handle)) return handle;
        lock (_gate)
        {
            if (_handles.TryGetValue(itemId, out handle)) return handle;
            if (_count == _ids.Length) Array.Resize(ref _ids, _count * 2);
            _ids[_count] = itemId;
            Volatile.Write(ref _ids, _ids); // the id is visible before the handle is
            _handles[itemId] = _count;
            return _count++;
        }
    }

    public string IdOf(int handle) => Volatile.Read(ref _ids)[handle];
}
