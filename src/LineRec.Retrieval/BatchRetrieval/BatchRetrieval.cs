using System.Runtime.ExceptionServices;

namespace LineRec.Retrieval;

/// <summary>
/// The best items of all users: searches an index for every row of a matrix of user vectors and writes the answers as files part-00000 and on into a folder. A run that was stopped,
/// by whatever, goes on after the files that are there and ends with the same files as one that wasn't.
/// </summary>
/// <remarks>
/// Neither users nor answers need to fit into memory: the matrix may be a mapped file, and each thread holds one part. Thread-safe; one run a folder at a
/// time. An index that changes in between gives answers of different versions: give each version its fingerprint and folder.
/// </remarks>
public sealed class BatchRetrieval
{
    private readonly IVectorIndex _index;
    private readonly IBatchPartWriter _writer;
    private readonly BatchRetrievalOptions _options;

    /// <summary>Creates the job; nothing runs yet.</summary>
    /// <param name="index">What is searched.</param>
    /// <param name="writer">Writes a file of answers.</param>
    /// <param name="options">How it works; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public BatchRetrieval(IVectorIndex index, IBatchPartWriter writer, BatchRetrievalOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(writer);
        (_index, _writer, _options) = (index, writer, options ?? new BatchRetrievalOptions());
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(_options.K);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(_options.PartSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(_options.BlockSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(_options.Threads);
        ArgumentNullException.ThrowIfNull(_options.Fingerprint);
        if ((long)_options.PartSize * _options.K > Array.MaxLength)
            throw new ArgumentOutOfRangeException(nameof(options), $"{_options.PartSize} users a file with {_options.K} items each are more than an array holds; lower {nameof(BatchRetrievalOptions.PartSize)}.");
    }

    /// <summary>Answers all queries that have no answers in the folder yet.</summary>
    /// <param name="queries">Query vectors [users, dimension].</param>
    /// <param name="folder">Receives batch.json, which says what the files answer, and the files.</param>
    /// <param name="progress">Told after each file; null for nobody.</param>
    /// <param name="cancellation">Stops before the next search; files that are complete stay.</param>
    /// <exception cref="ArgumentException">The vectors' length isn't the index's dimension.</exception>
    /// <exception cref="InvalidOperationException">The folder was begun with another batch: other sizes, options or fingerprint.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Run(NpyMatrix<float> queries, string folder, IProgress<BatchRetrievalProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        if (queries.Columns != _index.Dimension) throw new ArgumentException($"The queries have {queries.Columns} values; the index's vectors have {_index.Dimension}.", nameof(queries));
        Plan(queries).Begin(folder);
        var run = new BatchRetrievalRun(_index, _writer, _options, queries, folder, progress, cancellation);
        var workers = Enumerable.Range(1, Math.Min(_options.Threads, Math.Max(1, run.PartsLeft)) - 1).Select(_ => new Thread(run.Work) { IsBackground = true }).ToArray();
        foreach (var worker in workers) worker.Start();
        run.Work();
        foreach (var worker in workers) worker.Join();
        if (run.Failure is not null) ExceptionDispatchInfo.Throw(run.Failure);
    }

    private BatchRetrievalPlan Plan(NpyMatrix<float> queries) => new()
    {
        Queries = queries.Rows,
        Items = _index.Count,
        Dimension = _index.Dimension,
        Metric = _index.Metric,
        IsExact = _index.IsExact,
        K = _options.K,
        PartSize = _options.PartSize,
        Eligible = _options.Eligible?.Count ?? -1,
        Fingerprint = _options.Fingerprint,
    };
}
