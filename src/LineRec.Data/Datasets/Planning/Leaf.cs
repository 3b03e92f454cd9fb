using Apache.Arrow.Types;

namespace LineRec.Data;

/// <summary>Where a column's values are stored in a file.</summary>
/// <param name="Index">The number of the Parquet column.</param>
/// <param name="Field">The column.</param>
/// <param name="Unit">The unit of timestamps; null for days and for what isn't a time.</param>
internal sealed record Leaf(int Index, DatasetField Field, TimeUnit? Unit)
{
    /// <summary>A stored time in milliseconds since 1970-01-01 UTC.</summary>
    public long ToMilliseconds(long stored) => Unit is { } unit ? TimeUnits.ToMilliseconds(stored, unit) : stored * TimeUnits.MillisecondsADay;
}
