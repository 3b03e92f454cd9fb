using System.Globalization;
using LineRec.Retrieval;

namespace LineRec.Bench.Vectors;

/// <summary>
/// What a search must reach: the score of each query's k-th best row. A row that was found is a hit if its own true score is at least that, so rows that tie
/// count alike, whichever of them was named.
/// </summary>
internal sealed class GroundTruth
{
    private readonly FlatIndex _scorer;
    private readonly NpyMatrix<float> _queries;
    private readonly float[] _bars;

    private GroundTruth(FlatIndex scorer, NpyMatrix<float> queries, int k, float[] bars) => (_scorer, _queries, K, _bars) = (scorer, queries, k, bars);

    public int K { get; }

    /// <summary>Takes the true rows from a file, or finds them by brute force on all cores.</summary>
    public static GroundTruth Open(VectorSet set, int k, string? path)
    {
        var scorer = new FlatIndex(set.Base, set.Metric);
        var bars = new float[set.Queries.Rows];
        if (path is null)
        {
            Parallel.For(0, bars.Length, q =>
            {
                var (rows, scores) = (new int[k], new float[k]);
                int found = scorer.Search(set.Queries[q], rows, scores);
                bars[q] = found == 0 ? float.NaN : scores[found - 1];
            });
            return new GroundTruth(scorer, set.Queries, Math.Min(k, set.Base.Rows), bars);
        }

        var (ids, columns) = VectorFile.Ids(path);
        if (ids.Length / columns != bars.Length) throw new InvalidDataException($"'{path}' has the truth of {ids.Length / columns} queries; there are {bars.Length}.");
        if (columns < k) throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"'{path}' has {columns} true rows a query; --k {k} needs {k}. Leave --truth away to have them computed."));
        int outside = Array.FindIndex(ids, id => (uint)id >= (uint)set.Base.Rows);
        if (outside >= 0) throw new InvalidDataException($"'{path}', query {outside / columns}: row {ids[outside]} isn't one of the base's {set.Base.Rows}.");
        Parallel.For(0, bars.Length, q =>
        {
            var scores = new float[k];
            scorer.Score(set.Queries[q], ids.AsSpan(set.Order[q] * columns, k), scores);
            bars[q] = scores.Min();
        });
        return new GroundTruth(scorer, set.Queries, k, bars);
    }

    /// <summary>The share of the k true rows that were found. A row named twice counts once.</summary>
    public double Recall(int query, ReadOnlySpan<int> found)
    {
        var (scores, seen) = (new float[1], new HashSet<int>(found.Length));
        int hits = 0;
        foreach (int row in found)
        {
            if (row < 0 || !seen.Add(row)) continue;
            _scorer.Score(_queries[query], [row], scores);
            if (scores[0] >= _bars[query]) hits++;
        }

        return Math.Min(1, hits / (double)K);
    }
}
