namespace LineRec;

/// <summary>One user's events in time order, as columns that grow. Thread-safe by its own lock, held for a copy at most.</summary>
internal sealed class UserEvents
{
    private readonly Lock _gate = new();
    private int[] _items = new int[4];
    private EventType[] _types = new EventType[4];
    private long[] _times = new long[4];
    private int _count;

    public void Insert(int item, EventType type, long time, int max)
    {
        lock (_gate)
        {
            if (_count == max && time < _times[0]) return; // older than all that are kept
            if (_count == max) DropOldest(Math.Max(1, max / 8));
            if (_count == _items.Length) Grow(Math.Min(max, _count * 2));
            int at = _count;
            while (at > 0 && _times[at - 1] > time) at--; // nearly always at the end already
            Shift(_items, at);
            Shift(_types, at);
            Shift(_times, at);
            (_items[at], _types[at], _times[at]) = (item, type, time);
            _count++;
        }
    }

    public void Read(RowsOfHandles rows, long before, UserHistory history)
    {
        lock (_gate)
        {
            for (int i = 0; i < _count && _times[i] < before; i++)
            {
                int row = rows[_items[i]];
                if (row >= 0) history.Add(row, _types[i], _times[i]);
            }
        }
    }

    private void Shift<T>(T[] column, int at) => Array.Copy(column, at, column, at + 1, _count - at);

    private void DropOldest(int count)
    {
        Array.Copy(_items, count, _items, 0, _count - count);
        Array.Copy(_types, count, _types, 0, _count - count);
        Array.Copy(_times, count, _times, 0, _count - count);
        _count -= count;
    }

    private void Grow(int capacity)
    {
        Array.Resize(ref _items, capacity);
        Array.Resize(ref _types, capacity);
        Array.Resize(ref _times, capacity);
    }
}
