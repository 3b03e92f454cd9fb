namespace LineRec;

/// <summary>One encoder's query vector for one request, computed on first use.</summary>
internal sealed class UserVectorScratch : IRequestScratch
{
    private readonly Lock _gate = new();
    private float[] _vector = [];
    private int _length = -1;

    /// <summary>The vector; empty where the encoder has nothing to say.</summary>
    public ReadOnlySpan<float> Get(IUserEncoder encoder, RequestContext context)
    {
        lock (_gate)
        {
            if (_length < 0)
            {
                if (_vector.Length < encoder.Dimension) _vector = new float[encoder.Dimension];
                _length = encoder.TryEncode(context, _vector.AsSpan(0, encoder.Dimension)) ? encoder.Dimension : 0;
            }

            return _vector.AsSpan(0, _length);
        }
    }

    public void Reset() => _length = -1;
}
