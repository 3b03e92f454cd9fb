namespace LineRec.Retrieval.Tests;

/// <summary>Gives a fixed vector to users with a history.</summary>
internal sealed class FakeEncoder(params float[] vector) : IUserEncoder, IUserEncoderFactory
{
    public int Calls { get; private set; }

    public int Dimension => vector.Length;

    public bool TryEncode(RequestContext context, Span<float> destination)
    {
        Calls++;
        vector.CopyTo(destination);
        return context.History.Count > 0;
    }

    public IUserEncoder Create(ModelSnapshot snapshot) => this;
}
