namespace LineRec.Onnx;

/// <summary>Defaults of <see cref="OnnxOptions"/> and <see cref="OnnxModel"/>.</summary>
public static class OnnxDefaults
{
    /// <summary>One thread a call.</summary>
    public const int ThreadCount = 1;

    /// <summary>
    /// Rows that shorter calls are padded to. ONNX Runtime multiplies single rows by other kernels, whose last bits differ; padding keeps a
    /// candidate's score the same in any company.
    /// </summary>
    public const int SmallestBatch = 16;
}
