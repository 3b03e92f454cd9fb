using Parquet.Schema;

namespace LineRec.Data;

/// <summary>Decodes and checks the columns of one events file, a row group at a time.</summary>
internal sealed class EventDecoder
{
    private readonly ParquetTable _table;
    private readonly DataField _user, _item, _type, _time;
    private readonly TextPool _typeNames = new();
    private readonly List<EventType> _typeOfCode = [];

    public EventDecoder(ParquetTable table)
    {
        _table = table;
        _user = table.Require(EventFields.UserId, "text or integers");
        _item = table.Require(EventFields.ItemId, "text or integers");
        _type = table.Require(EventFields.EventType, $"text: {string.Join(", ", EventTypeNames.All.ToArray())}");
        _time = table.Require(EventFields.Timestamp, "a timestamp in UTC");
    }

    /// <summary>Whether a row group may hold an event of a window, by the file's footer: one that can't isn't decoded.</summary>
    public bool MayHold(int group, TimeWindow window) => _table.TimeRange(group, _time) is not { } range || window.Meets(range.First, range.Last);

    public int[] Users(int group, TextPool pool)
    {
        int[] codes = _table.ReadCodes(group, _user, pool);
        int row = codes.AsSpan().IndexOf(-1);
        return row < 0 ? codes : throw _table.Wrong(group, EventFields.UserId, $"row {row} has no user; every event needs one. Drop such rows or give visitors an id of their own.");
    }

    public int[] Items(int group, TextPool pool, EventType[] types)
    {
        int[] codes = _table.ReadCodes(group, _item, pool);
        for (int row = codes.AsSpan().IndexOf(-1); row >= 0 && row < codes.Length; row++)
        {
            if (codes[row] < 0 && types[row] != EventType.Search)
                throw _table.Wrong(group, EventFields.ItemId, $"row {row}, of type '{EventTypeNames.Of(types[row])}', has no item; only a search may lack one. Drop such rows.");
        }

        return codes;
    }

    public EventType[] Types(int group)
    {
        int[] codes = _table.ReadCodes(group, _type, _typeNames);
        var types = new EventType[codes.Length];
        for (int row = 0; row < codes.Length; row++)
        {
            if (codes[row] < 0) throw Unknown(group, row, "null");
            while (_typeOfCode.Count < _typeNames.Count)
            {
                string name = _typeNames[_typeOfCode.Count];
                _typeOfCode.Add(EventTypeNames.TryParse(name, out var type) ? type : throw Unknown(group, Array.IndexOf(codes, _typeOfCode.Count), $"'{name}'"));
            }

            types[row] = _typeOfCode[codes[row]];
        }

        return types;
    }

    public long[] Times(int group)
    {
        long[] times = _table.ReadTimes(group, _time);
        int row = times.AsSpan().IndexOf(TimeColumn.Missing);
        return row < 0 ? times : throw _table.Wrong(group, EventFields.Timestamp, $"row {row} has no time; every event needs one. Drop such rows.");
    }

    public int[]? Positions(int group)
    {
        if (_table.Find(EventFields.Position) is not { } field) return null;
        float[] numbers = _table.ReadNumbers(group, field);
        var positions = new int[numbers.Length];
        for (int row = 0; row < numbers.Length; row++)
        {
            float number = numbers[row];
            if (float.IsNaN(number)) continue;
            if (number < 1 || number > 1e6f || number != MathF.Floor(number)) throw _table.Wrong(group, EventFields.Position, $"row {row} holds {number}; a position is a whole number from 1, or null.");
            positions[row] = (int)number;
        }

        return positions;
    }

    public string?[]? Texts(int group, string column, TextPool pool) => _table.Find(column) is { } field ? _table.ReadText(group, field, pool) : null;

    public float[]? Numbers(int group, string column) => _table.Find(column) is { } field ? _table.ReadNumbers(group, field) : null;

    private InvalidDataException Unknown(int group, int row, string found) =>
        _table.Wrong(group, EventFields.EventType, $"row {row} holds {found}; there are {string.Join(", ", EventTypeNames.All.ToArray())}. Map it when writing.");
}
