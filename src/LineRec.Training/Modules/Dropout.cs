using TorchSharp;
using static TorchSharp.torch;

namespace LineRec.Training;

/// <summary>While training, drops values at random and scales the others up (Srivastava et al. 2014); otherwise nothing, and no node.</summary>
internal sealed class Dropout(double share, int width) : Layer(width, width)
{
    public override Tensor Forward(Tensor input, Generator? noise = null)
    {
        if (noise is null || share == 0) return input;
        var kept = torch.rand(input.shape, generator: noise).IsAtLeast(share);
        return (input * kept.to(ScalarType.Float32)).DividedBy(1 - share);
    }

    public override string Emit(OnnxGraph graph, string input) => input;
}
