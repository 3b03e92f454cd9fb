using System.Runtime.InteropServices;
using LineRec.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LineRec.Bench.Trainers;

/// <summary>A network over 64 numbers with one hidden layer, or none, that learns a line: small, so that what is around a step shows.</summary>
internal sealed class CostModule : TrainingModule<ReadOnlyMemory<int>>
{
    private const int Inputs = 64, DifferentRows = 4096;

    private readonly Sequential _network;
    private readonly float[] _inputs, _targets;

    /// <summary>Draws data and network by a seed.</summary>
    /// <param name="width">The hidden width; 0: none.</param>
    /// <param name="seed">The seed.</param>
    public CostModule(int width, int seed)
    {
        var drawn = new ResumableRandom(seed);
        _inputs = [.. Enumerable.Range(0, DifferentRows * Inputs).Select(_ => drawn.NextSingle() - 0.5f)];
        _targets = [.. Enumerable.Range(0, DifferentRows).Select(row => _inputs[row * Inputs] - (2 * _inputs[(row * Inputs) + 1]))];
        random.manual_seed(seed);
        _network = width == 0 ? nn.Sequential(nn.Linear(Inputs, 1)) : nn.Sequential(nn.Linear(Inputs, width), nn.ReLU(), nn.Linear(width, 1));
        Optimizers = [new AdamOptimizer(_network.parameters(), learningRate: 0.001)];
    }

    public override IReadOnlyList<ITrainingOptimizer> Optimizers { get; }

    public float[] Weights => [.. _network.parameters().SelectMany(p => p.data<float>().ToArray())];

    public override StepLoss TrainingStep(ReadOnlyMemory<int> batch)
    {
        var inputs = empty(batch.Length, Inputs); // Torch's own memory: how a product is rounded depends on where an array lies
        var values = MemoryMarshal.Cast<byte, float>(inputs.bytes);
        float[] targets = new float[batch.Length];
        for (int i = 0; i < batch.Length; i++)
        {
            int row = batch.Span[i] % DifferentRows;
            _inputs.AsSpan(row * Inputs, Inputs).CopyTo(values[(i * Inputs)..]);
            targets[i] = _targets[row];
        }

        var errors = _network.forward(inputs).squeeze(1) - tensor(targets);
        return new StepLoss((errors * errors).mean(), batch.Length);
    }

    public override void ExchangeWeights(TrainingState state) => state.Module("network", _network);

    protected override void Dispose(bool disposing)
    {
        _network.Dispose();
        base.Dispose(disposing);
    }
}
