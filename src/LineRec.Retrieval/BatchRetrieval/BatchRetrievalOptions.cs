namespace LineRec.Retrieval;

/// <summary>How <see cref="BatchRetrieval"/> works.</summary>
public sealed class BatchRetrievalOptions
{
    /// <summary>Items a user, 1 or more. Default <see cref="BatchRetrievalDefaults.K"/>.</summary>
    public int K { get; set; } = BatchRetrievalDefaults.K;

    /// <summary>Users a file, 1 or more. Default <see cref="BatchRetrievalDefaults.PartSize"/>. Memory is threads × users × k × 8 bytes and what the writer needs.</summary>
    public int PartSize { get; set; } = BatchRetrievalDefaults.PartSize;

    /// <summary>Users a search, 1 or more. Default <see cref="BatchRetrievalDefaults.BlockSize"/>. Changes no answer.</summary>
    public int BlockSize { get; set; } = BatchRetrievalDefaults.BlockSize;

    /// <summary>Threads, 1 or more; each works at a file of its own. Default: as many as there are processors. Changes no answer.</summary>
    public int Threads { get; set; } = Environment.ProcessorCount;

    /// <summary>The items that may be found; null (default) for all. It must not change while the batch runs.</summary>
    public RowSet? Eligible { get; set; }

    /// <summary>
    /// What the answers depend on beyond sizes: fingerprints of the model, the index, the eligible items. A folder begun with another one isn't continued.
    /// Default: empty, nothing is known.
    /// </summary>
    public string Fingerprint { get; set; } = "";
}
