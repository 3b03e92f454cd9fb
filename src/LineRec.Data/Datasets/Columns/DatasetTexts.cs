using System.Text;

namespace LineRec.Data;

/// <summary>The distinct texts of some row groups, in UTF-8.</summary>
public sealed class DatasetTexts
{
    private readonly TextStore _store;
    private readonly BatchLease _lease;

    internal DatasetTexts(TextStore store, BatchLease lease) => (_store, _lease) = (store, lease);

    /// <summary>How many there are.</summary>
    public int Count => _lease.Check(_store).Count;

    /// <summary>A text, made anew at each call.</summary>
    /// <param name="code">0 to Count - 1.</param>
    public string this[int code] => Encoding.UTF8.GetString(Utf8(code));

    /// <summary>A text's bytes.</summary>
    /// <param name="code">0 to Count - 1.</param>
    public ReadOnlySpan<byte> Utf8(int code) => _lease.Check(_store)[code];
}
