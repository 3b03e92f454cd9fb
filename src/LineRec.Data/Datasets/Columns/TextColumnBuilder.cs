using Apache.Arrow;

namespace LineRec.Data;

/// <summary>A column of texts as codes; each array brings its own texts, or a vocabulary says their numbers.</summary>
internal sealed class TextColumnBuilder(string name, DatasetVocabulary? vocabulary) : ColumnBuilder(name)
{
    private readonly TextStore _texts = new();
    private int[] _codes = [];
    private int[] _numbers = [];

    public override long Bytes => base.Bytes + _texts.Bytes + ((long)(_codes.Length + _numbers.Length) * sizeof(int));

    public override void Begin(int rows)
    {
        base.Begin(rows);
        _texts.Clear();
        if (_codes.Length < rows) _codes = GC.AllocateUninitializedArray<int>(rows);
    }

    public override void Add(IArrowArray values, ReadOnlyMemory<int> targets)
    {
        if (values is DictionaryArray { Indices: PrimitiveArray<int> indices } coded)
        {
            int first = AddTexts(coded.Dictionary);
            Place(values, indices.Values, coded.Dictionary.Length, first, targets.Span);
            return;
        }

        // Without a dictionary each row brings a text of its own.
        Place(values, default, values.Length, AddTexts(values), targets.Span);
    }

    /// <summary>Gives all rows one text: a partition's.</summary>
    public void AddConstant(ReadOnlySpan<byte> text, bool isNull, ReadOnlySpan<int> targets)
    {
        int code = isNull ? -1 : vocabulary is null ? _texts.Add(text) : vocabulary.Find(text);
        foreach (int target in targets)
        {
            if (target < 0) continue;
            _codes[target] = code;
            if (isNull) NullFlags()[target] = true;
        }
    }

    public override DatasetColumn Slice(int start, int count, BatchLease lease) => vocabulary is null
        ? new DatasetTextColumn(Name, _codes.AsMemory(start, count), new DatasetTexts(_texts, lease), Nulls(start, count), lease)
        : new DatasetColumn<int>(Name, _codes.AsMemory(start, count), Nulls(start, count), lease);

    private void Place(IArrowArray values, ReadOnlySpan<int> indices, int texts, int first, ReadOnlySpan<int> targets)
    {
        var codes = _codes;
        if (values.NullCount == 0 && vocabulary is null && !indices.IsEmpty)
        {
            indices = indices[..targets.Length];
            for (int i = 0; i < targets.Length; i++)
            {
                int target = targets[i], index = indices[i];
                if (target < 0) continue;
                if ((uint)index >= (uint)texts) throw Beyond(i, index, texts);
                codes[target] = first + index;
            }

            return;
        }

        bool hasNulls = values.NullCount > 0;
        var validity = new Validity(values);
        var nulls = hasNulls ? NullFlags() : default;
        for (int i = 0; i < targets.Length; i++)
        {
            int target = targets[i];
            if (target < 0) continue;
            bool isNull = hasNulls && !validity[i];
            int index = isNull ? -1 : indices.IsEmpty ? i : indices[i];
            if (!isNull && (uint)index >= (uint)texts) throw Beyond(i, index, texts);
            codes[target] = isNull ? -1 : vocabulary is null ? first + index : _numbers[index];
            if (hasNulls) nulls[target] = isNull;
        }
    }

    private static InvalidDataException Beyond(int row, int index, int texts) => new($"row {row} refers to text {index} of {texts}");

    /// <summary>Takes an array's texts.</summary>
    /// <returns>The code of the first; without meaning where there is a vocabulary.</returns>
    private int AddTexts(IArrowArray array)
    {
        int first = _texts.Count;
        if (vocabulary is not null && _numbers.Length < array.Length) _numbers = new int[array.Length];
        if (array is BinaryArray binary && vocabulary is null)
        {
            _texts.AddAll(binary.Values, binary.ValueOffsets);
            return first;
        }

        for (int i = 0; i < array.Length; i++)
        {
            var text = ArrowTexts.Utf8(array, i);
            if (vocabulary is null) _texts.Add(text);
            else _numbers[i] = vocabulary.Find(text);
        }

        return first;
    }
}
