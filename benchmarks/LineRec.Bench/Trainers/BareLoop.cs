using LineRec.Training;
using static TorchSharp.torch;

namespace LineRec.Bench.Trainers;

/// <summary>The loop that one writes by hand: batches, gradients, a step; no progress, no checks, no times.</summary>
internal static class BareLoop
{
    /// <summary>Goes through the data so many times.</summary>
    public static void Fit<TBatch>(TrainingModule<TBatch> module, ITrainingData<TBatch> data, int epochs)
    {
        var optimizer = module.Optimizers[0];
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            data.Start(epoch);
            while (data.TryRead(out var batch))
            {
                using var scope = NewDisposeScope();
                optimizer.ZeroGradients();
                module.TrainingStep(batch).Loss.backward();
                optimizer.Step(1);
            }
        }
    }
}
