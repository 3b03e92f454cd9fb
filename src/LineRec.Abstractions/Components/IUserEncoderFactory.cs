namespace LineRec;

/// <summary>Makes the user encoder of a snapshot's two-tower model. A package that runs models registers one.</summary>
public interface IUserEncoderFactory
{
    /// <summary>Creates the encoder. The snapshot that it is shared through disposes it, where it is disposable.</summary>
    /// <param name="snapshot">The snapshot whose model it runs.</param>
    /// <exception cref="InvalidOperationException">The snapshot has no such model.</exception>
    IUserEncoder Create(ModelSnapshot snapshot);
}
