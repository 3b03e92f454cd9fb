using ParquetSharp;

namespace LineRec.Data;

/// <summary>
/// Turns the texts of a column chunk into codes. Rows that share a dictionary's text share its address: a text is known by that within a batch, whose texts lie in memory all at once. From batch to batch another text
/// may have come to lie there, so it is compared once.
/// </summary>
internal sealed class ChunkTexts
{
    private const int None = -1;

    private readonly AddressTable _addresses = new();
    private readonly TextStore _own = new();
    private TextStore _texts;
    private DatasetVocabulary? _vocabulary;
    private int[] _batches = []; // [texts] in which each was met last
    private int[] _numbers = []; // [texts] in the vocabulary
    private int _batch;
    private int _first; // code of the chunk
    private int _empty; // an empty text may lie where another begins

    public ChunkTexts() => _texts = _own;

    /// <summary>The most that it takes for a column chunk.</summary>
    /// <param name="texts">The chunk's texts.</param>
    /// <param name="bytes">Their size.</param>
    public static long BytesFor(long texts, long bytes) => AddressTable.BytesFor(texts) + ((bytes + (texts * (3 * sizeof(int)))) * 5 / 4);

    /// <summary>Starts a column chunk.</summary>
    /// <param name="texts">Takes its texts.</param>
    /// <param name="vocabulary">What they are numbered by instead of their codes; then they aren't kept.</param>
    public void Begin(TextStore texts, DatasetVocabulary? vocabulary)
    {
        _addresses.Clear();
        _own.Clear();
        (_texts, _vocabulary) = (vocabulary is null ? texts : _own, vocabulary);
        (_first, _empty) = (_texts.Count, None);
    }

    /// <summary>Codes a batch.</summary>
    /// <param name="stored">The texts.</param>
    /// <param name="to">Takes their codes or numbers, [texts].</param>
    public unsafe void Code(ReadOnlySpan<ByteArray> stored, Span<int> to)
    {
        _batch++;
        for (int i = 0; i < stored.Length; i++)
        {
            int code = Code(stored[i].Pointer, new ReadOnlySpan<byte>((void*)stored[i].Pointer, stored[i].Length));
            to[i] = _vocabulary is null ? code : _numbers[code];
        }
    }

    private int Code(nint address, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return _empty == None ? _empty = Add(text) : _empty;
        ref ulong slot = ref _addresses.Find(address, out int code);
        if (code != None)
        {
            if (_batches[code - _first] == _batch) return code;
            _batches[code - _first] = _batch;
            if (_texts[code].SequenceEqual(text)) return code;
        }

        code = Add(text);
        slot = AddressTable.Entry(address, code);
        return code;
    }

    private int Add(ReadOnlySpan<byte> text)
    {
        int code = _texts.Add(text), place = code - _first;
        Room.Grow(ref _batches, place, place + 1);
        _batches[place] = _batch;
        if (_vocabulary is null) return code;
        Room.Grow(ref _numbers, place, place + 1);
        _numbers[place] = _vocabulary.Find(text);
        return code;
    }
}
