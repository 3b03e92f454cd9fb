using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LineRec.Training.Tests;

/// <summary>Fits y = 3x₀ - 2x₁ + 1. With noise, it draws from a generator of its own and from Torch's, as dropout does.</summary>
internal sealed class LineModule : TrainingModule<ReadOnlyMemory<int>>
{
    public const int Rows = 100;
    private readonly ResumableRandom _random = new(5);
    private readonly bool _noise;
    private readonly float[] _x, _y;

    public LineModule(bool noise = false, double rate = 0.05)
    {
        _noise = noise;
        var random = new ResumableRandom(1);
        _x = [.. Enumerable.Range(0, Rows * 2).Select(_ => random.NextSingle() - 0.5f)];
        _y = [.. Enumerable.Range(0, Rows).Select(i => (3 * _x[2 * i]) - (2 * _x[(2 * i) + 1]) + 1)];
        (Weight, Bias) = (Layer.ParameterOf(new float[2], 2, 1), Layer.ParameterOf(new float[1], 1));
        Optimizers = [new AdamOptimizer([Weight, Bias], rate, weightDecay: 0.001)];
    }

    public Parameter Weight { get; }

    public Parameter Bias { get; }

    public override string Identity => $"line\nnoise = {_noise}";

    public override IReadOnlyList<ITrainingOptimizer> Optimizers { get; }

    /// <summary>What the step's loss is multiplied by.</summary>
    public float LossFactor { get; set; } = 1;

    /// <summary>What validation gives, by its number; the mean squared error by default.</summary>
    public Func<int, double>? Figure { get; set; }

    public List<int[]> Batches { get; } = [];

    public float[] Values => [.. Weight.ToFloats(), .. Bias.ToFloats()];

    private int _validations;

    public override StepLoss TrainingStep(ReadOnlyMemory<int> batch)
    {
        Batches.Add(batch.ToArray());
        return new StepLoss(Loss(batch.Span, _noise), batch.Length);
    }

    public override IReadOnlyDictionary<string, double> Validate()
    {
        double error = Loss([.. Enumerable.Range(0, Rows)], noise: false).item<float>();
        return new Dictionary<string, double> { ["figure"] = Figure?.Invoke(_validations++) ?? -error, ["error"] = error };
    }

    public override void ExchangeWeights(TrainingState state)
    {
        state.Values("weight", Weight);
        state.Values("bias", Bias);
    }

    public override void ExchangeProgress(TrainingState state)
    {
        _random.Exchange(state);
        state.Value("validations", ref _validations);
    }

    protected override void Dispose(bool disposing)
    {
        Weight.Dispose();
        Bias.Dispose();
        base.Dispose(disposing);
    }

    private Tensor Loss(ReadOnlySpan<int> rows, bool noise)
    {
        int[] picked = rows.ToArray();
        var x = tensor([.. picked.SelectMany(r => new[] { _x[2 * r], _x[(2 * r) + 1] })], [picked.Length, 2]);
        if (noise) x = x.Plus(tensor([.. Enumerable.Range(0, 2 * picked.Length).Select(_ => 0.01f * _random.NextSingle())], [picked.Length, 2])).Plus(rand(x.shape).Times(0.01));
        var errors = x.matmul(Weight).Plus(Bias).squeeze(1) - tensor([.. picked.Select(r => _y[r])]);
        return (errors * errors).mean().Times(LossFactor);
    }
}
