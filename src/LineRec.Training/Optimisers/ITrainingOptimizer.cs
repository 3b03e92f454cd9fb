namespace LineRec.Training;

/// <summary>Changes parameters by their gradients.</summary>
/// <remarks>Not thread-safe.</remarks>
public interface ITrainingOptimizer
{
    /// <summary>Forgets the gradients: before the first backward pass of a step.</summary>
    void ZeroGradients();

    /// <summary>The sum of the squares of all gradients.</summary>
    double SquaredGradientNorm();

    /// <summary>Multiplies all gradients.</summary>
    /// <param name="factor">The factor.</param>
    void ScaleGradients(float factor);

    /// <summary>Moves the parameters against their gradients.</summary>
    /// <param name="rate">What the optimiser's own learning rate is multiplied by.</param>
    void Step(double rate);

    /// <summary>Names the state: moments and step counts; not the parameters, which are the module's.</summary>
    /// <param name="state">Saves or restores it.</param>
    void Exchange(TrainingState state);
}
