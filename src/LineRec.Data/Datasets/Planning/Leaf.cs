using ParquetSharp;

using TimeUnit = Apache.Arrow.Types.TimeUnit;

namespace LineRec.Data;

/// <summary>Where a column's values are stored in a file, and how.</summary>
/// <param name="Index">The number of the Parquet column.</param>
/// <param name="Field">The column.</param>
/// <param name="Stored">What a value is stored as.</param>
/// <param name="Unit">The unit of timestamps; null for days and for what isn't a time.</param>
/// <param name="MaxDefinition">The definition level of a value that is there; 0 where all are and there are no lists.</param>
/// <param name="ElementDefinition">The least definition level of a list's element, null or not: below it a list is empty, below that by another level null. 0 where there are no lists.</param>
internal sealed record Leaf(int Index, DatasetField Field, PhysicalType Stored, TimeUnit? Unit, int MaxDefinition, int ElementDefinition)
{
    public static Leaf Of(int index, DatasetField field, TimeUnit? unit, ColumnDescriptor column)
    {
        int element = 0;
        if (field.IsList)
        {
            // The level of the node that repeats: it and those above it that are optional.
            var node = column.SchemaNode;
            while (node.Repetition != Repetition.Repeated) node = node.Parent!;
            for (var above = node; above is { Parent: not null }; above = above.Parent) element += above.Repetition == Repetition.Required ? 0 : 1;
        }

        return new Leaf(index, field, column.PhysicalType, unit, column.MaxDefinitionLevel, element);
    }

    /// <summary>A stored time in milliseconds since 1970-01-01 UTC.</summary>
    public long ToMilliseconds(long stored) => Unit is { } unit ? TimeUnits.ToMilliseconds(stored, unit) : stored * TimeUnits.MillisecondsADay;
}
