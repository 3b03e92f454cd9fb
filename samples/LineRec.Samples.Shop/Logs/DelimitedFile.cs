using System.Globalization;
using System.IO.Compression;
using System.Text;
using Sylvan.Data.Csv;

namespace LineRec.Samples.Shop.Logs;

/// <summary>Streams a delimited text file, gzipped or not, with a header; columns are found by name.</summary>
internal sealed class DelimitedFile : IDisposable
{
    private readonly string _path;
    private readonly CsvDataReader _reader;

    private DelimitedFile(string path, char delimiter, bool isQuoted)
    {
        _path = path;
        Stream stream = File.OpenRead(path);
        if (path.EndsWith(".gz", StringComparison.Ordinal)) stream = new GZipStream(stream, CompressionMode.Decompress);
        _reader = CsvDataReader.Create(new StreamReader(stream, Encoding.UTF8), new CsvDataReaderOptions
        {
            Delimiter = delimiter, CsvStyle = isQuoted ? CsvStyle.Standard : CsvStyle.Escaped, Escape = isQuoted ? '"' : '\u0001', Culture = CultureInfo.InvariantCulture, MaxBufferSize = 1 << 20,
        });
    }

    /// <summary>Finds a file by its name without ".gz"; null where it isn't there.</summary>
    public static string? Find(string directory, string name) =>
        new[] { name, name + ".gz" }.Select(n => Path.Combine(directory, n)).FirstOrDefault(File.Exists);

    public static DelimitedFile Open(string directory, string name, char delimiter = ',', bool isQuoted = true) =>
        new(Find(directory, name) ?? throw new FileNotFoundException($"'{directory}' has no {name} or {name}.gz.", name), delimiter, isQuoted);

    /// <summary>The place of a column.</summary>
    public int Column(string name)
    {
        for (int i = 0; i < _reader.FieldCount; i++)
        {
            if (_reader.GetName(i) == name) return i;
        }

        throw new InvalidDataException($"'{_path}' has no column '{name}'; it has {string.Join(", ", Enumerable.Range(0, _reader.FieldCount).Select(_reader.GetName))}.");
    }

    public bool Read()
    {
        try
        {
            return _reader.Read();
        }
        catch (Exception e) when (e is InvalidDataException or CsvFormatException or IOException)
        {
            throw new InvalidDataException($"'{_path}', after line {_reader.RowNumber}: can't be read: {e.Message}", e);
        }
    }

    public string Text(int column) => _reader.GetFieldSpan(column).ToString();

    public ReadOnlySpan<char> Span(int column) => _reader.GetFieldSpan(column);

    public double Number(int column) => double.TryParse(Span(column), NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
        ? number
        : throw Wrong(column, "a number");

    /// <summary>A local time without a zone, taken for UTC.</summary>
    public DateTimeOffset Time(int column) => DateTimeOffset.TryParse(Span(column), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
        ? time
        : throw Wrong(column, "a time");

    /// <summary>Unix seconds, with or without a fraction.</summary>
    public DateTimeOffset UnixSeconds(int column) => DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(Number(column) * 1000));

    public InvalidDataException Wrong(int column, string need) =>
        new($"'{_path}', line {_reader.RowNumber + 1}, column '{_reader.GetName(column)}': needs {need}, found '{Text(column)}'.");

    public void Dispose() => _reader.Dispose();
}
