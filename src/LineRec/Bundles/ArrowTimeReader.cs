using Apache.Arrow;
using Apache.Arrow.Types;

namespace LineRec;

/// <summary>Instants of any unit, as milliseconds since 1970-01-01 UTC.</summary>
internal sealed class ArrowTimeReader(string name, TimeUnit unit) : ArrowColumnReader(name)
{
    private readonly List<long> _values = [];

    public override void Append(IArrowArray array)
    {
        if (array is not TimestampArray times) throw Unsupported(array);
        for (int i = 0; i < times.Length; i++)
        {
            _values.Add(times.GetValue(i) is not { } value ? TimeColumn.Missing : unit switch
            {
                TimeUnit.Second => checked(value * 1000),
                TimeUnit.Millisecond => value,
                TimeUnit.Microsecond => Floor(value, 1000),
                _ => Floor(value, 1_000_000),
            });
        }
    }

    public override CatalogColumn ToColumn() => new TimeColumn(Name, [.. _values]);

    private static long Floor(long value, long divisor) => (value / divisor) - (value % divisor < 0 ? 1 : 0);
}
