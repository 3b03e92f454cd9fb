using System.Buffers;

namespace LineRec.Training;

/// <summary>The nearest items of users by scoring all of them: what hard negatives are searched with where no index is given.</summary>
/// <remarks>Thread-safe. Works on all processors; the answer is the same for any number of them.</remarks>
internal sealed class ExactNearest(NpyMatrix<float> vectors)
{
    private const int BlockUsers = 32;
    private readonly VectorScores _scores = new(vectors.Slice(0, vectors.Rows).ToArray(), vectors.Columns);
    private readonly Workers _workers = new(Environment.ProcessorCount);

    /// <summary>Finds them: inner product descending, ties by ascending row. O(users × items × D).</summary>
    /// <param name="users">[count, D].</param>
    /// <param name="k">How many a user.</param>
    /// <param name="rows">Receives [count, k] rows; -1 where there are fewer.</param>
    public void Find(float[] users, int k, int[] rows)
    {
        int items = vectors.Rows, width = vectors.Columns, count = users.Length / width;
        _workers.For((count + BlockUsers - 1) / BlockUsers, block =>
        {
            int from = block * BlockUsers, length = Math.Min(BlockUsers, count - from);
            float[] scores = ArrayPool<float>.Shared.Rent(length * items);
            _scores.Score(users.AsSpan(from * width, length * width), length, scores.AsSpan(0, length * items));
            for (int i = 0; i < length; i++)
            {
                var own = rows.AsSpan((from + i) * k, k);
                own[TopItems.Find(scores.AsSpan(i * items, items), [], own)..].Fill(-1);
            }

            ArrayPool<float>.Shared.Return(scores);
        });
    }
}
