using Microsoft.Extensions.Logging;

namespace LineRec;

/// <summary>Writes batches to segments, finishes them by size and age, and bears a disk that fails: what can't be written is lost and counted, and said once until it works again. One thread at a time.</summary>
/// <param name="options">Checked options.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Told of failures.</param>
/// <param name="open">Opens a segment's file.</param>
internal sealed class ExposureSegmentWriter(ExposureLogOptions options, TimeProvider time, ILogger logger, Func<string, Stream> open)
{
    private readonly ExposureBatch _batches = new();
    private ExposureSegment? _segment;
    private long _begun;
    private long _lost;
    private bool _isFailing;

    /// <summary>Makes the folder and takes over what dead writers left.</summary>
    public void Prepare() => Try(0, () =>
    {
        Directory.CreateDirectory(options.Folder);
        int left = ExposureSegments.TakeOver(options.Folder);
        if (left > 0) logger.LogInformation("{Count} segments of the exposure log in {Folder} were left by a process that ended before its time; they were taken over.", left, options.Folder);
    });

    /// <summary>Writes a batch.</summary>
    /// <param name="rows">The batch; not empty.</param>
    /// <returns>Whether it was written; else it is lost.</returns>
    public bool Write(IReadOnlyList<ExposureRow> rows)
    {
        bool written = Try(rows.Count, () =>
        {
            _segment ??= Begin();
            using var batch = _batches.Build(rows);
            _segment.Write(batch);
        });
        if (!written || !_isFailing) return written;
        logger.LogInformation("The exposure log is written to {Folder} again; {Count} requests were lost.", options.Folder, _lost);
        (_isFailing, _lost) = (false, 0);
        return true;
    }

    /// <summary>Finishes the segment where it is large or old enough.</summary>
    public void FinishIfDue()
    {
        if (_segment is not null && (_segment.Bytes >= options.SegmentBytes || time.GetElapsedTime(_begun) >= options.SegmentAge)) Finish();
    }

    /// <summary>Finishes the segment.</summary>
    public void Finish() => Try(0, () =>
    {
        _segment?.Finish();
        _segment = null;
    });

    private ExposureSegment Begin()
    {
        Directory.CreateDirectory(options.Folder); // it may be gone, or come back
        _begun = time.GetTimestamp();
        return ExposureSegment.Begin(options.Folder, time.GetUtcNow(), open);
    }

    private bool Try(int requests, Action action)
    {
        try
        {
            action();
            return true;
        }
#pragma warning disable CA1031 // whatever a disk does, requests are answered
        catch (Exception e)
#pragma warning restore CA1031
        {
            _lost += requests;
            if (!_isFailing)
                logger.LogError(e, "The exposure log can't be written to {Folder}: {Reason} Requests are answered all the same; what isn't logged is counted as linerec.exposures.dropped. Free the disk, or correct the folder's rights.", options.Folder, e.Message);
            _isFailing = true;
            GiveUp();
            return false;
        }
    }

    private void GiveUp()
    {
        try
        {
            _segment?.GiveUp();
        }
#pragma warning disable CA1031 // it stays as it is, and is taken over at the next start
        catch (Exception)
#pragma warning restore CA1031
        {
        }

        _segment = null;
    }
}
