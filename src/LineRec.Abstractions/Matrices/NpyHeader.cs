using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LineRec;

/// <summary>The header of a NumPy .npy file (format 1.0 and 2.0): element type, shape and order. See numpy.lib.format.</summary>
/// <param name="Type">The element type as NumPy writes it, such as "&lt;f4".</param>
/// <param name="Rows">The first dimension.</param>
/// <param name="Columns">The second dimension; 1 for a vector.</param>
/// <param name="Length">The header's bytes; the data follow.</param>
public sealed partial record NpyHeader(string Type, int Rows, int Columns, int Length)
{
    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads a header.</summary>
    /// <param name="stream">At the file's start.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="InvalidDataException">It is no header of a one- or two-dimensional array in C order.</exception>
    public static NpyHeader Read(Stream stream, string path)
    {
        Span<byte> start = stackalloc byte[12];
        int got = stream.ReadAtLeast(start, 12, throwOnEndOfStream: false);
        if (got < 12 || !start[..6].SequenceEqual(Magic)) throw new InvalidDataException($"'{path}' isn't a NumPy .npy file.");
        int prefix = start[6] == 1 ? 10 : 12;
        long size = prefix == 10 ? BitConverter.ToUInt16(start[8..]) : BitConverter.ToUInt32(start[8..]);
        if (start[6] is not (1 or 2) || size > 65_536 || prefix + size > stream.Length)
            throw new InvalidDataException($"'{path}' has a damaged .npy header (version {start[6]}, {size} bytes).");
        stream.Position = prefix;
        byte[] text = new byte[size];
        stream.ReadExactly(text);
        string header = Encoding.ASCII.GetString(text);
        var match = HeaderPattern().Match(header);
        if (!match.Success) throw new InvalidDataException($"'{path}' holds {header.Trim()}; a one- or two-dimensional array in C order is needed.");
        bool vector = match.Groups["columns"].Length == 0;
        if (!int.TryParse(match.Groups["rows"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int rows) ||
            !int.TryParse(vector ? "1" : match.Groups["columns"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int columns) || columns == 0)
            throw new InvalidDataException($"'{path}' has an unusable shape: {header.Trim()}.");
        return new NpyHeader(match.Groups["type"].Value, rows, columns, (int)(prefix + size));
    }

    /// <summary>Checks the element type.</summary>
    /// <typeparam name="T">The type wanted.</typeparam>
    /// <param name="path">The file, for the message.</param>
    /// <exception cref="InvalidDataException">The file holds another type.</exception>
    public void RequireType<T>(string path)
        where T : unmanaged
    {
        if (Type != TypeOf<T>()) throw new InvalidDataException($"'{path}' holds elements of type '{Type}'; '{TypeOf<T>()}' is needed.");
    }

    internal static byte[] Format<T>(int rows, int columns)
        where T : unmanaged
    {
        string header = string.Create(CultureInfo.InvariantCulture, $"{{'descr': '{TypeOf<T>()}', 'fortran_order': False, 'shape': ({rows}, {columns}), }}");
        int total = (10 + header.Length + 1 + 63) / 64 * 64; // the data start at a multiple of 64 bytes
        byte[] bytes = new byte[total];
        Magic.CopyTo(bytes);
        bytes[6] = 1;
        BitConverter.TryWriteBytes(bytes.AsSpan(8), (ushort)(total - 10));
        Encoding.ASCII.GetBytes(header.PadRight(total - 11) + "\n", bytes.AsSpan(10));
        return bytes;
    }

    private static string TypeOf<T>()
        where T : unmanaged => default(T) switch
        {
            float => "<f4",
            double => "<f8",
            int => "<i4",
            long => "<i8",
            byte => "|u1",
            sbyte => "|i1",
            _ => throw new NotSupportedException($"A .npy file of {typeof(T).Name} isn't supported; use float, double, int, long, byte or sbyte."),
        };

    [GeneratedRegex(@"'descr':\s*'(?<type>[^']+)',\s*'fortran_order':\s*False,\s*'shape':\s*\((?<rows>\d+),\s*(?<columns>\d*)\s*,?\s*\)")]
    private static partial Regex HeaderPattern();
}
