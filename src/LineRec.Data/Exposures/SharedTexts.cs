namespace LineRec.Data;

/// <summary>Texts that occur often, each once in memory. Not thread-safe.</summary>
internal sealed class SharedTexts
{
    private readonly TextPool _pool = new();

    public string Of(ReadOnlySpan<byte> utf8) => _pool.Code(utf8) is >= 0 and var code ? _pool[code] : "";
}
