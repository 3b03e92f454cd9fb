using System.Text.Json;

namespace LineRec.Training;

/// <summary>Row numbers of arrays in memory, shuffled anew each epoch: a batch is the numbers of its rows, and the module gathers from its arrays what it needs.</summary>
/// <remarks>Not thread-safe. The order depends on count, seed and epoch alone. 4 bytes a row.</remarks>
public sealed class ShuffledRows : ITrainingData<ReadOnlyMemory<int>>
{
    private readonly int _batchSize;
    private readonly int _seed;
    private readonly Func<int, int> _sizeOf;
    private readonly long _size;
    private readonly int[] _order;
    private int _next;

    /// <summary>Creates the data.</summary>
    /// <param name="count">How many rows there are. 1 or more.</param>
    /// <param name="batchSize">The size of a batch at the most; a row that is larger by itself is a batch of its own. 1 or more.</param>
    /// <param name="seed">Seeds the order.</param>
    /// <param name="sizeOf">The size of a row, by its number: candidates of a request, say. 0 or more. Default: 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public ShuffledRows(int count, int batchSize, int seed, Func<int, int>? sizeOf = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        (_batchSize, _seed, _sizeOf, _order) = (batchSize, seed, sizeOf ?? (_ => 1), new int[count]);
        for (int row = 0; row < count; row++) _size += _sizeOf(row);
    }

    /// <inheritdoc/>
    public int StepsPerEpoch => (int)Math.Clamp(Math.Ceiling(_size / (double)_batchSize), 1, int.MaxValue);

    /// <inheritdoc/>
    public string Position => JsonSerializer.Serialize(new Place(_next, _order.Length, _size, _batchSize, _seed));

    /// <inheritdoc/>
    public void Start(int epoch, string? position = null)
    {
        int next = position is null ? 0 : Parse(position).Next;
        for (int row = 0; row < _order.Length; row++) _order[row] = row;
        new ResumableRandom(_seed, epoch).Shuffle(_order);
        _next = next;
    }

    /// <inheritdoc/>
    public bool TryRead(out ReadOnlyMemory<int> batch)
    {
        int first = _next;
        for (long size = 0; _next < _order.Length; _next++)
        {
            size += _sizeOf(_order[_next]);
            if (_next > first && size > _batchSize) break;
        }

        batch = _order.AsMemory(first..Math.Max(first, _next));
        return _next > first;
    }

    private Place Parse(string position)
    {
        Place? place;
        try
        {
            place = JsonSerializer.Deserialize<Place>(position);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"This isn't a position among shuffled rows: {position} Start anew.", e);
        }

        return place is { Next: >= 0 } && place.Next <= _order.Length && place == new Place(place.Next, _order.Length, _size, _batchSize, _seed)
            ? place
            : throw new InvalidDataException($"The position {position} is one among other rows; these are {_order.Length} of size {_size}, in batches of {_batchSize}, with seed {_seed}. Train with the data of then, or start anew.");
    }

    private sealed record Place(int Next, int Count, long Size, int BatchSize, int Seed);
}
