namespace LineRec.Data;

/// <summary>Says whether a batch may still be looked at.</summary>
internal sealed class BatchLease
{
    private volatile bool _isOver;

    public void End() => _isOver = true;

    public T Check<T>(T value) => !_isOver
        ? value
        : throw new InvalidOperationException("The batch is over: its memory was given to a later one. Use a batch before the next TryRead, or copy what must last.");
}
