namespace LineRec.Data;

/// <summary>
/// A file whose asynchronous calls complete at once, so that the Parquet library's asynchronous API can be used from synchronous
/// code: no thread-pool hop a page, and no deadlock under a synchronisation context.
/// </summary>
internal sealed class SynchronousFileStream(string path, FileMode mode, FileAccess access)
    : FileStream(path, mode, access, FileShare.Read, bufferSize: 1 << 16, useAsync: false)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromResult(Read(buffer, offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Write(buffer, offset, count);
        return Task.CompletedTask;
    }

    public override Task FlushAsync(CancellationToken cancellationToken)
    {
        Flush();
        return Task.CompletedTask;
    }

    public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
    {
        CopyTo(destination, bufferSize);
        return Task.CompletedTask;
    }
}
