using LineRec.Retrieval.Faiss.Native;

namespace LineRec.Retrieval.Faiss;

public sealed unsafe partial class FaissIndex
{
    /// <summary>Keeps the native index alive while a call runs.</summary>
    private readonly ref struct Lease
    {
        private readonly FaissIndexHandle _handle;

        public Lease(FaissIndexHandle handle)
        {
            bool held = false;
            handle.DangerousAddRef(ref held);
            (_handle, Index) = (handle, handle.DangerousGetHandle());
        }

        public nint Index { get; }

        public void Dispose() => _handle.DangerousRelease();
    }

    /// <summary>A lease beside other searches.</summary>
    private readonly ref struct Reading
    {
        private readonly FaissIndex _owner;
        private readonly Lease _lease;

        public Reading(FaissIndex owner)
        {
            _owner = owner;
            _lease = new Lease(owner._handle);
            owner._lock.EnterReadLock();
            FaissLibrary.UseThreads(owner._threads);
        }

        public nint Index => _lease.Index;

        public void Dispose()
        {
            _owner._lock.ExitReadLock();
            _lease.Dispose();
        }
    }

    /// <summary>A lease alone.</summary>
    private readonly ref struct Change
    {
        private readonly FaissIndex _owner;
        private readonly Lease _lease;

        public Change(FaissIndex owner, bool searches = false)
        {
            _owner = owner;
            _lease = new Lease(owner._handle);
            owner._lock.EnterWriteLock();
            FaissLibrary.UseThreads(searches ? owner._threads : owner._buildThreads);
        }

        public nint Index => _lease.Index;

        public void Dispose()
        {
            _owner._lock.ExitWriteLock();
            _lease.Dispose();
        }
    }
}
