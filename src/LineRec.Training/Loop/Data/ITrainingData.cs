using System.Diagnostics.CodeAnalysis;

namespace LineRec.Training;

/// <summary>What a training learns from: batches, in an order that is the same every time, and that can be gone on with from any place.</summary>
/// <typeparam name="TBatch">What a step gets.</typeparam>
/// <remarks>Used by one thread. A batch is over with the next call.</remarks>
public interface ITrainingData<TBatch>
{
    /// <summary>About how many batches an epoch has, 1 or more: progress and the learning rate's schedule go by it.</summary>
    int StepsPerEpoch { get; }

    /// <summary>Where reading goes on after the last batch: a short text for the checkpoint.</summary>
    string Position { get; }

    /// <summary>Goes to an epoch.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="position">Where in it; null: its beginning.</param>
    /// <exception cref="InvalidDataException">The position isn't one of this data.</exception>
    void Start(int epoch, string? position = null);

    /// <summary>Reads the epoch's next batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <returns>False at the epoch's end.</returns>
    bool TryRead([MaybeNullWhen(false)] out TBatch batch);
}
