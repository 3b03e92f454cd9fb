namespace LineRec.Data;

/// <summary>A column of a dataset.</summary>
/// <param name="Name">Its name in the files, or a partition's key.</param>
/// <param name="Type">
/// What a value is: bool, a whole number of 8 to 64 bits, float or double; <see cref="string"/> for text and bytes; <see cref="DateTimeOffset"/> for timestamps and dates, whose
/// values are read as <see cref="long"/> milliseconds since 1970-01-01 UTC.
/// </param>
/// <param name="IsList">Whether a row holds a list of such values: a history, or the set values of a sparse multi-hot feature.</param>
/// <param name="IsPartition">Whether it comes from the file's path (date=2026-11-01/…), as text.</param>
public sealed record DatasetField(string Name, Type Type, bool IsList = false, bool IsPartition = false)
{
    /// <summary>The type as a message says it.</summary>
    /// <returns>Like "text" or "list of int64".</returns>
    public override string ToString() => (IsList ? "list of " : "") + (Type == typeof(string) ? "text" : Type == typeof(DateTimeOffset) ? "time" : Type.Name.ToLowerInvariant());
}
