namespace LineRec.Onnx;

/// <summary>How ONNX models are run.</summary>
public sealed class OnnxOptions
{
    /// <summary>
    /// Threads that work on one call, 1 to 64. Default 1: a batch of some hundred candidates takes a fraction of a millisecond, and requests
    /// already run beside each other.
    /// </summary>
    public int ThreadCount { get; set; } = OnnxDefaults.ThreadCount;

    internal OnnxOptions Validated()
    {
        if (ThreadCount is < 1 or > 64) throw new ArgumentException($"OnnxOptions.ThreadCount is {ThreadCount}; it must be 1 to 64.");
        return this;
    }
}
