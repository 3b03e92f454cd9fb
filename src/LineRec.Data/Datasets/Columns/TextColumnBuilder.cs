using Apache.Arrow;

namespace LineRec.Data;

/// <summary>A column of texts as codes; each array brings its own texts, or a vocabulary says their numbers.</summary>
internal sealed class TextColumnBuilder(string name, DatasetVocabulary? vocabulary, Staging staging) : StagedColumnBuilder<int>(name, staging)
{
    private readonly TextStore _texts = new();
    private int[] _numbers = [];

    public override long Bytes => base.Bytes + _texts.Bytes + ((long)_numbers.Length * sizeof(int));

    public override void Begin(int rows, long values)
    {
        base.Begin(rows, values);
        _texts.Clear();
    }

    /// <summary>Gives some rows one text: a partition's.</summary>
    public void AddConstant(ReadOnlySpan<byte> text, bool isNull, int count)
    {
        Staged(count).Fill(isNull ? -1 : vocabulary is null ? _texts.Add(text) : vocabulary.Find(text));
        Take(count, isNull).Fill(isNull);
    }

    public override DatasetColumn Slice(int start, int count, BatchLease lease) => vocabulary is null
        ? new DatasetTextColumn(Name, Values(start, count), new DatasetTexts(_texts, lease), Nulls(start, count), lease)
        : new DatasetColumn<int>(Name, Values(start, count), Nulls(start, count), lease);

    protected override void Store(IArrowArray values, Span<int> to)
    {
        if (values is DictionaryArray { Indices: PrimitiveArray<int> indices } coded)
        {
            Code(indices.Values, coded.Dictionary.Length, AddTexts(coded.Dictionary), new Validity(values), to);
        }
        else
        {
            // Without a dictionary each row brings a text of its own.
            int first = AddTexts(values);
            for (int i = 0; i < to.Length; i++) to[i] = vocabulary is null ? first + i : _numbers[i];
        }

        foreach (int place in new NullPlaces(values)) to[place] = -1;
    }

    private void Code(ReadOnlySpan<int> indices, int texts, int first, Validity validity, Span<int> to)
    {
        int[]? numbers = vocabulary is null ? null : _numbers;
        indices = indices[..to.Length];
        for (int i = 0; i < to.Length; i++)
        {
            int index = indices[i];
            if ((uint)index < (uint)texts) to[i] = numbers is null ? first + index : numbers[index];
            else if (validity[i]) throw new InvalidDataException($"row {i} refers to text {index} of {texts}");
        }
    }

    /// <summary>Takes an array's texts.</summary>
    /// <returns>The code of the first; without meaning where there is a vocabulary.</returns>
    private int AddTexts(IArrowArray array)
    {
        int first = _texts.Count;
        if (array is BinaryArray binary && vocabulary is null)
        {
            _texts.AddAll(binary.Values, binary.ValueOffsets);
            return first;
        }

        var numbers = vocabulary is null ? default : Room.For(ref _numbers, array.Length);
        for (int i = 0; i < array.Length; i++)
        {
            var text = ArrowTexts.Utf8(array, i);
            if (vocabulary is null) _texts.Add(text);
            else numbers[i] = vocabulary.Find(text);
        }

        return first;
    }
}
