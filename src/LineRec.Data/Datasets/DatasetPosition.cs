using System.Text.Json;

namespace LineRec.Data;

/// <summary>
/// Where a reader stands: enough to go on in mid-epoch with the very rows that an uninterrupted reader would have given next. A few dozen bytes; belongs in a training's checkpoint.
/// </summary>
/// <param name="Fingerprint">Ties it to the files, conditions, seed, shard and <see cref="DatasetOptions.ShuffleRows"/>; columns, batch size and threads may differ.</param>
/// <param name="Epoch">The epoch, from 0.</param>
/// <param name="Window">The shuffle window of the epoch, from 0.</param>
/// <param name="Row">The next row of the window, from 0.</param>
/// <remarks>Immutable.</remarks>
public sealed record DatasetPosition(string Fingerprint, int Epoch, int Window, int Row)
{
    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="InvalidDataException">It isn't a position.</exception>
    public static DatasetPosition FromJson(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<DatasetPosition>(json) is { Fingerprint.Length: > 0, Epoch: >= 0, Window: >= 0, Row: >= 0 } position
                ? position
                : throw new InvalidDataException($"This isn't a position in a dataset: {json} Start anew, or take the checkpoint before.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"This isn't a position in a dataset: {e.Message} Start anew, or take the checkpoint before.", e);
        }
    }

    /// <summary>The position as a line of JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this);
}
