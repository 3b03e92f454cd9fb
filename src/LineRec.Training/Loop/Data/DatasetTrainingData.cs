using System.Diagnostics.CodeAnalysis;
using LineRec.Data;

namespace LineRec.Training;

/// <summary>A dataset of Parquet files as a training reads it: more than memory holds, decoded ahead by threads of its own.</summary>
/// <remarks>Not thread-safe. Dispose it after the training.</remarks>
public sealed class DatasetTrainingData : ITrainingData<DatasetBatch>, IDisposable
{
    private readonly ParquetDataset _dataset;
    private DatasetReader? _reader;
    private DatasetBatch? _ahead; // read, and not given yet: it begins the next epoch
    private DatasetPosition? _position;
    private int _epoch;

    /// <summary>Reads a dataset.</summary>
    /// <param name="dataset">The dataset; its <see cref="DatasetOptions.Epochs"/> must be null, since the trainer says how many there are.</param>
    /// <exception cref="ArgumentException">The dataset ends by itself.</exception>
    public DatasetTrainingData(ParquetDataset dataset)
    {
        if (dataset.Options.Epochs is { } epochs)
            throw new ArgumentException($"The dataset ends by itself after {epochs} epochs (DatasetOptions.Epochs). Set that to null; TrainerOptions.Epochs says how many there are.", nameof(dataset));
        _dataset = dataset;
    }

    /// <summary>About how many batches an epoch has: <see cref="DatasetOptions.Where"/> may leave fewer.</summary>
    public int StepsPerEpoch => (int)Math.Clamp(Math.Ceiling(_dataset.RowCount / (double)_dataset.Options.ShardCount / _dataset.Options.BatchSize), 1, int.MaxValue);

    /// <inheritdoc/>
    public string Position => _position?.ToJson() ?? "";

    /// <inheritdoc/>
    public void Start(int epoch, string? position = null)
    {
        bool readsOn = position is null && _reader is not null && epoch == _epoch + 1;
        _epoch = epoch;
        if (readsOn) return;
        _reader?.Dispose();
        (_reader, _ahead) = (null, null);
        _position = string.IsNullOrEmpty(position) ? null : DatasetPosition.FromJson(position);
        if (_position is null && epoch > 0) throw new InvalidDataException($"Reading can't begin at epoch {epoch}: a dataset is read from its first epoch or from a position.");
        try
        {
            _reader = _dataset.Read(_position);
        }
        catch (ArgumentException e) when (_position is not null)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    /// <inheritdoc/>
    public bool TryRead([MaybeNullWhen(false)] out DatasetBatch batch)
    {
        batch = _ahead;
        _ahead = null;
        if (batch is null && !_reader!.TryRead(out batch)) return false;
        if (batch.Epoch <= _epoch)
        {
            _position = batch.Next;
            return true;
        }

        (_ahead, batch) = (batch, null);
        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => _reader?.Dispose();
}
