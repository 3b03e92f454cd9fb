using System.Buffers;
using System.Numerics;
using LineRec.Retrieval.Faiss.Native;
using LineRec.Retrieval.Faiss.Rows;

namespace LineRec.Retrieval.Faiss;

public sealed unsafe partial class FaissIndex
{
    // Among how many equals the lowest rows are looked for in an index that isn't exact.
    private const int TiesLookedAt = 1024;

    // What Find answers when it can go on only while no other search runs.
    private const int NeedsAlone = -1;

    // How many answers a native call returns at most, so that a batch's buffers stay small.
    private const int AnswersACall = 1 << 21;

    /// <inheritdoc/>
    /// <exception cref="FaissException">FAISS failed.</exception>
    /// <exception cref="ObjectDisposedException">The index was disposed of.</exception>
    public int Search(ReadOnlySpan<float> query, Span<int> rows, Span<float> scores, RowSet? eligible = null)
    {
        if (query.Length != Dimension) throw new ArgumentException($"The query has {query.Length} values; the index's vectors have {Dimension}.", nameof(query));
        if (rows.Length != scores.Length) throw new ArgumentException($"Room for {rows.Length} rows came with room for {scores.Length} scores.", nameof(scores));
        if (rows.IsEmpty) return 0;
        float[] own = ArrayPool<float>.Shared.Rent(Dimension);
        try
        {
            var prepared = own.AsSpan(0, Dimension);
            query.CopyTo(prepared);
            bool numbers = !AsideVectors.Takes(query, Metric);
            if (numbers && Metric == VectorMetric.Cosine) VectorScore.Normalise(query, Dimension, prepared);
            using (var reading = new Reading(this))
            {
                if (!numbers) return WithoutScores(rows, scores, eligible);
                int found = Find(reading.Index, prepared, rows, scores, eligible, alone: false);
                if (found != NeedsAlone) return found;
            }

            using var change = new Change(this, searches: true);
            return Find(change.Index, prepared, rows, scores, eligible, alone: true);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(own);
        }
    }

    /// <inheritdoc/>
    /// <remarks>One native call for up to some thousand queries; FAISS computes flat ones as matrix products, whose last bits differ from a single query's.</remarks>
    /// <exception cref="FaissException">FAISS failed.</exception>
    /// <exception cref="ObjectDisposedException">The index was disposed of.</exception>
    public void SearchBatch(ReadOnlySpan<float> queries, int k, Span<int> rows, Span<float> scores, RowSet? eligible = null)
    {
        int count = VectorBatch.Check(queries.Length, Dimension, k, rows.Length, scores.Length);
        if (count == 0 || k == 0) return;
        FindBatch(queries, count, k, rows, scores, eligible);

        // What the batch's call couldn't answer in full is asked for again one by one.
        for (int i = 0; i < count; i++)
        {
            if (rows[i * k] != NeedsAlone - 1) continue;
            int found = Search(queries.Slice(i * Dimension, Dimension), rows.Slice(i * k, k), scores.Slice(i * k, k), eligible);
            rows[((i * k) + found)..((i + 1) * k)].Fill(-1);
            scores[((i * k) + found)..((i + 1) * k)].Fill(float.NaN);
        }
    }

    private void FindBatch(ReadOnlySpan<float> queries, int count, int k, Span<int> rows, Span<float> scores, RowSet? eligible)
    {
        using var reading = new Reading(this);
        using var filter = new LabelFilter(_labels, eligible);
        int want = Math.Min(k, filter.Count), fetch = want == 0 ? 0 : FirstFetch(reading.Index, want, filter);
        if (want == 0 || _aside.Count > 0 || ScansFew(reading.Index, want, filter))
        {
            for (int i = 0; i < count; i++) rows[i * k] = NeedsAlone - 1;
            return;
        }

        int chunk = Math.Clamp(AnswersACall / fetch, 1, count), size = chunk * fetch;
        float[] distances = ArrayPool<float>.Shared.Rent(size);
        long[] labels = ArrayPool<long>.Shared.Rent(size);
        ulong[] keys = ArrayPool<ulong>.Shared.Rent(fetch);
        float[] normalised = ArrayPool<float>.Shared.Rent(Metric == VectorMetric.Cosine ? chunk * Dimension : 1);
        try
        {
            for (int first = 0; first < count; first += chunk)
            {
                int n = Math.Min(chunk, count - first);
                var part = queries.Slice(first * Dimension, n * Dimension);
                if (Metric == VectorMetric.Cosine)
                {
                    VectorScore.Normalise(part, Dimension, normalised);
                    part = normalised.AsSpan(0, part.Length);
                }

                fixed (float* values = part, to = distances)
                fixed (long* labelled = labels)
                {
                    Native(reading.Index, values, n, fetch, 0, filter, to, labelled);
                }

                for (int i = 0; i < n; i++)
                {
                    int at = (first + i) * k;
                    int found = Keep(distances.AsSpan(i * fetch, fetch), labels.AsSpan(i * fetch, fetch), filter, keys, out _);
                    if (found < want || (found > want && Straddles(keys, want, found, filter.Count)))
                    {
                        rows[at] = NeedsAlone - 1;
                        continue;
                    }

                    Write(keys.AsSpan(0, want), rows.Slice(at, k), scores.Slice(at, k));
                    rows.Slice(at + want, k - want).Fill(-1);
                    scores.Slice(at + want, k - want).Fill(float.NaN);
                }
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(distances);
            ArrayPool<long>.Shared.Return(labels);
            ArrayPool<ulong>.Shared.Return(keys);
            ArrayPool<float>.Shared.Return(normalised);
        }
    }

    private int Find(nint index, ReadOnlySpan<float> query, Span<int> rows, Span<float> scores, RowSet? eligible, bool alone)
    {
        using var filter = new LabelFilter(_labels, eligible);
        int want = Math.Min(rows.Length, filter.Count);
        if (want == 0) return MergeAside([], query, rows, scores, eligible);
        if (ScansFew(index, want, filter)) return ScanAll(index, query, want, rows, scores, eligible, filter);
        int fetch = FirstFetch(index, want, filter), effort = 0;
        while (true)
        {
            float[] distances = ArrayPool<float>.Shared.Rent(fetch);
            long[] labels = ArrayPool<long>.Shared.Rent(fetch);
            ulong[] keys = ArrayPool<ulong>.Shared.Rent(fetch);
            try
            {
                fixed (float* values = query, to = distances)
                fixed (long* labelled = labels)
                {
                    Native(index, values, 1, fetch, effort, filter, to, labelled);
                }

                int found = Keep(distances.AsSpan(0, fetch), labels.AsSpan(0, fetch), filter, keys, out int answered);
                bool straddles = found > want && Straddles(keys, want, found, filter.Count);
                if (found >= want && !straddles) return MergeAside(keys.AsSpan(0, want), query, rows, scores, eligible);
                if (fetch < _labels.Total && (straddles || answered == fetch))
                {
                    // FAISS had more to give.
                    fetch = (int)Math.Min(_labels.Total, 4L * fetch);
                }
                else if (effort < MostEffort(index))
                {
                    effort++;
                    if (!alone && !TakesParameters(index)) return NeedsAlone;
                }
                else
                {
                    // What FAISS doesn't find at its widest (a vertex that no edge leads to) is decoded.
                    return ScanAll(index, query, want, rows, scores, eligible, filter, keys.AsSpan(0, found));
                }
            }
            finally
            {
                ArrayPool<float>.Shared.Return(distances);
                ArrayPool<long>.Shared.Return(labels);
                ArrayPool<ulong>.Shared.Return(keys);
            }
        }
    }

    /// <summary>How many to ask FAISS for: one more than wanted shows a tie at the end; without a selector as many more as the filter may take away.</summary>
    private int FirstFetch(nint index, int want, in LabelFilter filter)
    {
        if (filter.IsAll) return Math.Min(want + 1, _labels.Total);
        if (TakesParameters(index)) return Math.Min(want + 1, filter.Count);
        return (int)Math.Min(_labels.Total, (long)((want + 1) * 1.2 * _labels.Total / filter.Count) + 16);
    }

    // Whether the last of those found has the score of the last one wanted, and equals may have been left out.
    private bool Straddles(ulong[] keys, int want, int found, int eligible) =>
        found < eligible && (IsExact || found < TiesLookedAt) && ScoreKey.Tied(keys[want - 1], keys[found - 1]);

    /// <summary>Turns FAISS's answer into keys in order.</summary>
    private int Keep(ReadOnlySpan<float> distances, ReadOnlySpan<long> labels, in LabelFilter filter, Span<ulong> keys, out int answered)
    {
        int found = 0;
        answered = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            long label = labels[i];
            if ((ulong)label >= (ulong)_labels.Total) continue;
            answered++;
            if (filter.Has((int)label)) keys[found++] = ScoreKey.Of(VectorScore.FromDistance(distances[i], Metric), _labels.RowOf((int)label));
        }

        ScoreKey.Sort(keys[..found]);
        return found;
    }

    private int MergeAside(ReadOnlySpan<ulong> keys, ReadOnlySpan<float> query, Span<int> rows, Span<float> scores, RowSet? eligible)
    {
        if (_aside.Count == 0) return Write(keys, rows, scores);
        using var best = new BestKeys(rows.Length);
        foreach (ulong key in keys) best.Add(key);
        for (int i = 0; i < _aside.Count; i++)
        {
            var (row, score) = _aside.Score(i, query, Metric);
            if (eligible is null || eligible.Contains(row)) best.Add(ScoreKey.Of(score, row));
        }

        return Write(best.Finish(), rows, scores);
    }

    private static int Write(ReadOnlySpan<ulong> keys, Span<int> rows, Span<float> scores)
    {
        for (int i = 0; i < keys.Length; i++) (rows[i], scores[i]) = (ScoreKey.Row(keys[i]), ScoreKey.Score(keys[i]));
        return keys.Length;
    }

    /// <summary>Decodes and scores every label that may be found; what FAISS found keeps its score.</summary>
    private int ScanAll(nint index, ReadOnlySpan<float> query, int want, Span<int> rows, Span<float> scores, RowSet? eligible, in LabelFilter filter, ReadOnlySpan<ulong> known = default)
    {
        bool decodes = CanDecode(index);
        int words = (_labels.Total + 63) >> 6;
        ulong[] left = ArrayPool<ulong>.Shared.Rent(words);
        float[] vector = ArrayPool<float>.Shared.Rent(Dimension);
        using var best = new BestKeys(want);
        try
        {
            left.AsSpan(0, words).Fill(ulong.MaxValue);
            if (!filter.IsAll)
            {
                left.AsSpan(0, words).Clear();
                filter.Words[..Math.Min(words, filter.Words.Length)].CopyTo(left);
            }

            foreach (ulong key in known)
            {
                best.Add(key);
                int label = _labels.LabelOf(ScoreKey.Row(key));
                left[label >> 6] &= ~(1UL << label);
            }

            for (int w = 0; w < words; w++)
            {
                for (ulong word = left[w]; word != 0; word &= word - 1)
                {
                    int label = (w << 6) + BitOperations.TrailingZeroCount(word);
                    if (label >= _labels.Total) break;
                    float score = float.NaN; // for those that an index can neither reach nor decode
                    if (decodes)
                    {
                        fixed (float* to = vector) FaissCall.Check(FaissNative.faiss_Index_reconstruct(index, label, to), "Decoding a vector");
                        score = VectorScore.Of(query, vector.AsSpan(0, Dimension), Metric);
                    }

                    best.Add(ScoreKey.Of(score, _labels.RowOf(label)));
                }
            }

            return MergeAside(best.Finish(), query, rows, scores, eligible);
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(left);
            ArrayPool<float>.Shared.Return(vector);
        }
    }

    // A query that scores NaN everywhere finds the lowest rows.
    private int WithoutScores(Span<int> rows, Span<float> scores, RowSet? eligible)
    {
        int found = 0;
        for (int row = 0; row < _labels.NextRow && found < rows.Length; row++)
        {
            if (_labels.LabelOf(row) < 0 && !_aside.Has(row)) continue;
            if (eligible is null || eligible.Contains(row)) (rows[found], scores[found++]) = (row, float.NaN);
        }

        return found;
    }
}
