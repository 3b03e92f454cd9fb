using System.Globalization;

namespace LineRec.Data;

/// <summary>What a column is compared with: a number, a truth value, a text or a time. Converted from each by itself.</summary>
public readonly struct DatasetValue
{
    private readonly object? _value;

    private DatasetValue(object value) => _value = value;

    internal object Value => _value ?? throw new ArgumentException("A DatasetValue needs a value. Convert it from a number, a bool, a string or a DateTimeOffset.");

    /// <summary>A whole number.</summary>
    /// <param name="number">The number.</param>
    public static implicit operator DatasetValue(long number) => new(number);

    /// <summary>A number.</summary>
    /// <param name="number">The number; NaN holds for no row.</param>
    public static implicit operator DatasetValue(double number) => new(number);

    /// <summary>A truth value.</summary>
    /// <param name="flag">The value.</param>
    public static implicit operator DatasetValue(bool flag) => new(flag);

    /// <summary>A text, compared by its UTF-8 bytes.</summary>
    /// <param name="text">The text.</param>
    public static implicit operator DatasetValue(string text) => new(text);

    /// <summary>A time.</summary>
    /// <param name="time">The time.</param>
    public static implicit operator DatasetValue(DateTimeOffset time) => new(time.ToUniversalTime());

    /// <summary>The value as a message says it.</summary>
    /// <returns>Numbers and times as everywhere in the world, texts in quotes.</returns>
    public override string ToString() => _value switch
    {
        string text => $"'{text}'",
        DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => $"{_value}",
    };
}
