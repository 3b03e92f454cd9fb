namespace LineRec.Retrieval.Faiss;

/// <summary>An exception that FAISS threw.</summary>
public sealed class FaissException : Exception
{
    internal FaissException(string message, string faissMessage)
        : base(message) => FaissMessage = faissMessage;

    /// <summary>FAISS's own words.</summary>
    public string FaissMessage { get; }
}
