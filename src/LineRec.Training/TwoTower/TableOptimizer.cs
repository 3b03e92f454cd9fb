namespace LineRec.Training;

/// <summary>Lazy Adam over a table's rows, with a learning rate.</summary>
/// <param name="table">The table.</param>
/// <param name="learningRate">The rate.</param>
internal sealed class TableOptimizer(EmbeddingTable table, double learningRate) : ITrainingOptimizer
{
    // The table forgets its gradients when it applies them.
    public void ZeroGradients()
    {
    }

    public double SquaredGradientNorm() => table.SquaredGradientNorm();

    public void ScaleGradients(float factor) => table.ScaleGradients(factor);

    public void Step(double rate) => table.Update(learningRate * rate);

    public void Exchange(TrainingState state) => table.ExchangeMoments(state);
}
