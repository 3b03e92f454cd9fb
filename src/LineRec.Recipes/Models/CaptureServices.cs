using LineRec.Onnx;

namespace LineRec.Recipes;

/// <summary>The one service that a pipeline without a host needs: the user encoder of the two-tower.</summary>
internal sealed class CaptureServices : IServiceProvider
{
    private readonly OnnxUserEncoderFactory _encoders = new();

    public object? GetService(Type serviceType) => serviceType == typeof(IUserEncoderFactory) ? _encoders : null;
}
