using System.Numerics;

namespace LineRec.Retrieval;

/// <summary>Reads the rows of a set in ascending order, some at a time: what follows has no branch to guess, and can fetch ahead.</summary>
internal ref struct RowSetReader
{
    /// <summary>How many rows are best read at a time.</summary>
    public const int Chunk = 256;

    /// <summary>How many rows ahead vectors are best fetched.</summary>
    public const int Ahead = 16;

    private const int WordRows = 64;

    private readonly ReadOnlySpan<ulong> _words;
    private readonly int _end;
    private int _at;
    private ulong _word;

    /// <summary>Starts at a row.</summary>
    /// <param name="rows">The set.</param>
    /// <param name="first">The first row, a multiple of 64.</param>
    /// <param name="end">The row after the last.</param>
    public RowSetReader(RowSet rows, int first, int end)
    {
        _words = rows.Words[..Math.Min(rows.Words.Length, (end + WordRows - 1) / WordRows)];
        (_end, _at) = (end, first / WordRows);
        _word = _at < _words.Length ? _words[_at] : 0;
    }

    /// <summary>Reads as many rows as there is room for, or as are left.</summary>
    /// <param name="rows">Receives them.</param>
    /// <returns>How many were read; 0 at the end.</returns>
    public int Read(scoped Span<int> rows)
    {
        int count = 0;
        while (count < rows.Length)
        {
            while (_word == 0)
            {
                if (++_at >= _words.Length) return count;
                _word = _words[_at];
            }

            int row = (_at * WordRows) + BitOperations.TrailingZeroCount(_word);
            if (row >= _end) return count;
            _word &= _word - 1;
            rows[count++] = row;
        }

        return count;
    }
}
