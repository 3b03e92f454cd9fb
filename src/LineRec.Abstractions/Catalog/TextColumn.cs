namespace LineRec;

/// <summary>A text attribute, dictionary-encoded: a code a row and the distinct values. Immutable and thread-safe.</summary>
public sealed class TextColumn : CatalogColumn
{
    /// <summary>The code of a missing value.</summary>
    public const int Missing = -1;

    private readonly int[] _codes;
    private readonly string[] _values;

    /// <summary>Wraps codes and values; they are not copied.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="codes">A code a row: an index into <paramref name="values"/>, or <see cref="Missing"/>.</param>
    /// <param name="values">The distinct values.</param>
    /// <exception cref="ArgumentException">A code is out of range.</exception>
    public TextColumn(string name, int[] codes, string[] values)
        : base(name)
    {
        foreach (int code in codes)
        {
            if (code < Missing || code >= values.Length)
                throw new ArgumentException($"Column '{name}' has the code {code}; it has {values.Length} values.", nameof(codes));
        }

        (_codes, _values) = (codes, values);
    }

    /// <inheritdoc/>
    public override int Count => _codes.Length;

    /// <summary>The code of each row; <see cref="Missing"/> where there is no value.</summary>
    public ReadOnlySpan<int> Codes => _codes;

    /// <summary>The distinct values, by code.</summary>
    public ReadOnlySpan<string> Values => _values;

    /// <summary>The value at a row, or null.</summary>
    /// <param name="row">The row.</param>
    public string? this[int row] => _codes[row] < 0 ? null : _values[_codes[row]];

    /// <summary>Encodes one value a row; null and empty are missing; codes are in order of first use. O(rows).</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="values">A value a row.</param>
    public static TextColumn Encode(string name, IReadOnlyList<string?> values)
    {
        var codes = new int[values.Count];
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int row = 0; row < codes.Length; row++)
        {
            string? value = values[row];
            if (string.IsNullOrEmpty(value)) codes[row] = Missing;
            else if (known.TryGetValue(value, out int code)) codes[row] = code;
            else known.Add(value, codes[row] = known.Count);
        }

        return new TextColumn(name, codes, [.. known.Keys]);
    }
}
