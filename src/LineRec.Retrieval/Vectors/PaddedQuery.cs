using System.Buffers;

namespace LineRec.Retrieval;

/// <summary>A pooled copy of a query or another vector, padded with zeros for the kernels of <see cref="DotProduct"/>.</summary>
internal readonly ref struct PaddedQuery
{
    private readonly float[] _rented;
    private readonly int _length;

    public PaddedQuery(ReadOnlySpan<float> query)
    {
        _length = DotProduct.PaddedLength(query.Length);
        _rented = ArrayPool<float>.Shared.Rent(_length);
        query.CopyTo(_rented);
        _rented.AsSpan(query.Length, _length - query.Length).Clear();
    }

    public Span<float> Values => _rented.AsSpan(0, _length);

    public void Dispose() => ArrayPool<float>.Shared.Return(_rented);
}
