namespace LineRec.Retrieval;

/// <summary>Defaults of <see cref="BatchRetrieval"/>.</summary>
public static class BatchRetrievalDefaults
{
    /// <summary>Items a user.</summary>
    public const int K = 100;

    /// <summary>Users a file: 16 MB of answers a thread at k = 100, and what a stopped run may lose.</summary>
    public const int PartSize = 20_000;

    /// <summary>Users a search, as batches of about this size are the fastest.</summary>
    public const int BlockSize = 1_000;
}
