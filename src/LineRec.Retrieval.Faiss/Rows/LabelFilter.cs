using System.Buffers;
using System.Numerics;

namespace LineRec.Retrieval.Faiss.Rows;

/// <summary>The labels that a search may find: eligible rows that live, as a bitmap in FAISS's order of bits.</summary>
internal readonly ref struct LabelFilter
{
    private readonly ulong[]? _rented;

    /// <summary>Joins what is eligible with what lives. O(labels / 64) where labels are rows, else O(eligible).</summary>
    public LabelFilter(RowLabels labels, RowSet? eligible)
    {
        Count = labels.LiveCount;
        if (eligible is null)
        {
            Words = labels.Live;
        }
        else if (!labels.AreRows)
        {
            int words = (labels.Total + 63) >> 6;
            _rented = ArrayPool<ulong>.Shared.Rent(Math.Max(1, words));
            var joined = _rented.AsSpan(0, words);
            joined.Clear();
            Words = joined;
            Count = Translate(labels, eligible, joined);
        }
        else
        {
            int words = Math.Min(eligible.Words.Length, (labels.Total + 63) >> 6);
            Words = eligible.Words[..words];
            if (!labels.Live.IsEmpty)
            {
                _rented = ArrayPool<ulong>.Shared.Rent(Math.Max(1, words));
                for (int i = 0; i < words; i++) _rented[i] = eligible.Words[i] & labels.Live[i];
                Words = _rented.AsSpan(0, words);
            }

            Count = _rented is null && eligible.Capacity <= labels.Total ? eligible.Count : CountBits(Words, labels.Total);
        }

        IsAll = Count == labels.Total;
    }

    /// <summary>Whether every label may be found.</summary>
    public bool IsAll { get; }

    /// <summary>How many may.</summary>
    public int Count { get; }

    /// <summary>A bit a label, the lowest first; may be empty where all may be found.</summary>
    public ReadOnlySpan<ulong> Words { get; }

    /// <summary>Whether a label may be found.</summary>
    public bool Has(int label) => IsAll || (label >> 6 < Words.Length && (Words[label >> 6] >> label & 1) != 0);

    /// <summary>Gives rented room back.</summary>
    public void Dispose()
    {
        if (_rented is not null) ArrayPool<ulong>.Shared.Return(_rented);
    }

    /// <summary>How many of the first bits are set.</summary>
    public static int CountBits(ReadOnlySpan<ulong> words, int bits)
    {
        int count = 0, whole = Math.Min(words.Length, bits >> 6);
        for (int i = 0; i < whole; i++) count += BitOperations.PopCount(words[i]);
        if (whole < words.Length && (bits & 63) != 0) count += BitOperations.PopCount(words[whole] & ((1UL << bits) - 1));
        return count;
    }

    private static int Translate(RowLabels labels, RowSet eligible, Span<ulong> joined)
    {
        int count = 0;
        for (int w = 0; w < eligible.Words.Length; w++)
        {
            for (ulong word = eligible.Words[w]; word != 0; word &= word - 1)
            {
                int label = labels.LabelOf((w << 6) + BitOperations.TrailingZeroCount(word));
                if (label < 0) continue;
                joined[label >> 6] |= 1UL << label;
                count++;
            }
        }

        return count;
    }
}
