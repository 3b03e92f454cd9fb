using System.Diagnostics.CodeAnalysis;

namespace LineRec.Data;

/// <summary>
/// Decodes windows ahead on threads of its own. Windows are begun in order, while the memory of those that are begun and not yet released stays in the budget, and taken in order:
/// threads decide when a window is ready, never what is in it.
/// </summary>
internal sealed class WindowPrefetcher : IDisposable
{
    private readonly object _lock = new();
    private readonly IEnumerator<Window> _windows;
    private readonly WindowDecoder _decoder;
    private readonly Func<WindowBuffer> _newBuffer;
    private readonly long _budget;
    private readonly Queue<WindowSlot> _begun = new();
    private readonly Stack<WindowBuffer> _idle = new();
    private readonly Thread[] _threads;
    private long _held;
    private int _busy;
    private bool _hasNext;
    private bool _isStopped;

    public WindowPrefetcher(IEnumerable<Window> windows, WindowDecoder decoder, Func<WindowBuffer> newBuffer, DatasetOptions options)
    {
        (_windows, _decoder, _newBuffer, _budget) = (windows.GetEnumerator(), decoder, newBuffer, options.MemoryBudgetBytes);
        _hasNext = _windows.MoveNext();
        _threads = [.. Enumerable.Range(0, options.Threads).Select(i => new Thread(Work) { IsBackground = true, Name = $"LineRec dataset {i}" })];
        foreach (var thread in _threads) thread.Start();
    }

    /// <summary>The most bytes that were counted at a time.</summary>
    public long PeakBytes { get; private set; }

    public IReadOnlyList<Thread> Threads => _threads;

    /// <summary>Waits for the next window.</summary>
    /// <returns>The window, to be released; null when there are no more.</returns>
    public WindowSlot? Take()
    {
        lock (_lock)
        {
            while (_begun.Count == 0 ? _hasNext : !_begun.Peek().IsDecoded) Monitor.Wait(_lock);
            return _begun.Count == 0 ? null : _begun.Dequeue();
        }
    }

    /// <summary>Gives a window's memory back.</summary>
    public void Release(WindowSlot slot)
    {
        lock (_lock)
        {
            _busy--;
            Count(slot.Buffer.Bytes - slot.Reserved);
            _idle.Push(slot.Buffer);
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Ends the threads; one that decodes ends its window first.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isStopped = true;
            Monitor.PulseAll(_lock);
        }

        foreach (var thread in _threads) thread.Join();
        _windows.Dispose();
    }

    [SuppressMessage("Design", "CA1031", Justification = "What goes wrong is thrown where the window is used.")]
    private void Work()
    {
        while (Begin() is { } slot)
        {
            try
            {
                _decoder.Decode(slot.Window, slot.Buffer, slot.Lost);
            }
            catch (Exception e)
            {
                slot.Error = e;
            }

            lock (_lock)
            {
                long took = Math.Max(slot.Reserved, slot.Buffer.Bytes);
                Count(took - slot.Reserved);
                (slot.Reserved, slot.IsDecoded) = (took, true);
                Monitor.PulseAll(_lock);
            }
        }
    }

    private WindowSlot? Begin()
    {
        lock (_lock)
        {
            while (true)
            {
                if (_isStopped || !_hasNext) return null;
                if (TryBegin() is { } slot)
                {
                    _hasNext = _windows.MoveNext();
                    Monitor.PulseAll(_lock);
                    return slot;
                }

                Monitor.Wait(_lock);
            }
        }
    }

    private WindowSlot? TryBegin()
    {
        var window = _windows.Current;
        long need = window.MemoryBytes;
        var buffer = _idle.Count > 0 ? _idle.Pop() : null;

        // Memory that was used before is used again; where that would be too much, it is let go.
        while (buffer is not null && _held + Math.Max(0, need - buffer.Bytes) > _budget)
        {
            Count(-buffer.Bytes);
            buffer = _idle.Count > 0 ? _idle.Pop() : null;
        }

        long own = buffer?.Bytes ?? 0, reserved = Math.Max(need, own);
        if (_held - own + reserved > _budget && _busy > 0) return null;
        Count(reserved - own);
        _busy++;
        var slot = new WindowSlot(window, buffer ?? _newBuffer(), reserved);
        _begun.Enqueue(slot);
        return slot;
    }

    private void Count(long bytes)
    {
        _held += bytes;
        PeakBytes = Math.Max(PeakBytes, _held);
    }
}
