namespace LineRec.Onnx;

/// <summary>Makes <see cref="OnnxUserEncoder"/>s. Thread-safe.</summary>
/// <param name="options">How models are run; null means the defaults.</param>
public sealed class OnnxUserEncoderFactory(OnnxOptions? options = null) : IUserEncoderFactory
{
    /// <inheritdoc/>
    public IUserEncoder Create(ModelSnapshot snapshot) => new OnnxUserEncoder(snapshot, options);
}
