using System.Diagnostics.CodeAnalysis;

namespace LineRec.Data;

/// <summary>Streams a dataset's batches: one shard, some epochs, in the order that the seed gives. Threads decode ahead within the budget of memory.</summary>
/// <remarks>
/// For one thread at a time. The rows and their order depend on the files and <see cref="DatasetOptions"/> alone, never on the threads. <see cref="Dispose"/> may be called between any two reads; it waits
/// for what is being decoded, and leaves no thread behind.
/// </remarks>
public sealed class DatasetReader : IDisposable
{
    private readonly DatasetPlan _plan;
    private readonly DatasetOptions _options;
    private readonly TimeProvider _time;
    private readonly OpenFiles _files;
    private readonly WindowPrefetcher _prefetcher;
    private readonly List<DatasetQuarantine> _quarantined = [];
    private readonly List<DatasetColumn[]> _parts = [];
    private BatchLease _lease = new();
    private WindowSlot? _current;
    private int _partRows;
    private int _row;
    private int _epoch;
    private int _firstRow;
    private bool _isDisposed;

    internal DatasetReader(DatasetPlan plan, DatasetOptions options, DatasetPosition? from, TimeProvider time)
    {
        (_plan, _options, _time, _files, _epoch, _firstRow) = (plan, options, time, new OpenFiles(plan.Files), from?.Epoch ?? 0, from?.Row ?? 0);
        var decoder = new WindowDecoder(plan, options, _files);
        _prefetcher = new WindowPrefetcher(Windows(from), decoder, () => new WindowBuffer(plan, options), options);
    }

    /// <summary>Rows given so far.</summary>
    public long RowCount { get; private set; }

    /// <summary>Batches given so far.</summary>
    public long BatchCount { get; private set; }

    /// <summary>How long <see cref="TryRead"/> waited for a window in all: what a training that asks for a batch stood still.</summary>
    public TimeSpan WaitTime { get; private set; }

    /// <summary>The most bytes that decoded data took, by bounds from the files' footers.</summary>
    public long PeakBytes => _prefetcher.PeakBytes;

    /// <summary>What was left out so far in this reader's windows, once an epoch; besides <see cref="ParquetDataset.Quarantined"/>.</summary>
    public IReadOnlyList<DatasetQuarantine> Quarantined => _quarantined;

    internal IReadOnlyList<Thread> Threads => _prefetcher.Threads;

    /// <summary>Reads the next batch, which ends the one before.</summary>
    /// <param name="batch">The batch; null where there is none.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="InvalidDataException">A row group can't be decoded, and <see cref="DatasetOptions.OnDamage"/> is to throw. The reader can't go on.</exception>
    /// <exception cref="InvalidOperationException">A window can't be read though no data is damaged, as where it holds more than an array can. The reader can't go on.</exception>
    public bool TryRead([NotNullWhen(true)] out DatasetBatch? batch)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        _lease.End();
        _lease = new BatchLease();
        batch = null;
        while (batch is null)
        {
            if (_current is { Error: null } used && _row == used.Buffer.Rows) Release();
            if (_current is null && !TryTake()) return (batch = Flush(_epoch + 1)) is not null;
            if (_current!.Error is { } error) throw error is InvalidDataException ? new InvalidDataException(error.Message, error) : new InvalidOperationException($"A window of the dataset can't be read: {error.Message}", error);
            var (window, left) = (_current, _current.Buffer.Rows - _row);
            if (window.Window.Epoch != _epoch)
            {
                batch = Flush(window.Window.Epoch);
                _epoch = window.Window.Epoch;
                continue;
            }

            int taken = Math.Min(left, _options.BatchSize - _partRows);
            var slice = window.Buffer.Slice(_row, taken, _lease);
            _row += taken;
            if (_partRows == 0 && taken == _options.BatchSize)
            {
                batch = Give(slice, taken, Position(window));
            }
            else if (taken > 0)
            {
                // What is left of a window waits for the next one in memory of its own, so that the window's can be used again.
                _partRows += taken;
                bool isFull = _partRows == _options.BatchSize;
                _parts.Add(isFull ? slice : Copy([slice]));
                if (isFull) batch = Join(Position(window));
            }
        }

        return true;
    }

    /// <summary>Ends the threads and frees the memory.</summary>
    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        _lease.End();
        _prefetcher.Dispose();
        _files.Dispose();
    }

    private IEnumerable<Window> Windows(DatasetPosition? from)
    {
        int first = from?.Window ?? 0;
        for (int epoch = from?.Epoch ?? 0; _options.Epochs is not { } epochs || epoch < epochs; epoch++)
        {
            var windows = EpochPlan.Windows(_plan.Groups, _options, epoch);
            if (windows.Count == 0) yield break;
            foreach (var window in windows.Skip(first)) yield return window;
            first = 0;
        }
    }

    private bool TryTake()
    {
        long asked = _time.GetTimestamp();
        _current = _prefetcher.Take();
        WaitTime += _time.GetElapsedTime(asked);
        if (_current is null) return false;
        _quarantined.AddRange(_current.Lost);
        _row = Math.Min(_firstRow, _current.Buffer.Rows);
        _firstRow = 0;
        return true;
    }

    private void Release()
    {
        _prefetcher.Release(_current!);
        _current = null;
    }

    private DatasetBatch? Flush(int nextEpoch) => _partRows == 0 ? null : Join(new DatasetPosition(_plan.Fingerprint, nextEpoch, 0, 0));

    private DatasetBatch Join(DatasetPosition next)
    {
        var columns = _parts.Count == 1 ? _parts[0] : Copy(_parts);
        int rows = _partRows;
        _parts.Clear();
        _partRows = 0;
        return Give(columns, rows, next);
    }

    private DatasetBatch Give(DatasetColumn[] columns, int rows, DatasetPosition next)
    {
        RowCount += rows;
        BatchCount++;
        return new DatasetBatch(columns, rows, _epoch, next);
    }

    private DatasetPosition Position(WindowSlot slot) =>
        _row < slot.Buffer.Rows ? new DatasetPosition(_plan.Fingerprint, _epoch, slot.Window.Index, _row)
        : slot.Window.IsLast ? new DatasetPosition(_plan.Fingerprint, _epoch + 1, 0, 0)
        : new DatasetPosition(_plan.Fingerprint, _epoch, slot.Window.Index + 1, 0);

    private DatasetColumn[] Copy(List<DatasetColumn[]> parts) =>
        [.. Enumerable.Range(0, parts[0].Length).Select(c => parts[0][c].Join([.. parts.Select(p => p[c])], _lease))];
}
