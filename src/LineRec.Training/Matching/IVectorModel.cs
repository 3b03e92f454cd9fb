namespace LineRec.Training;

/// <summary>A model whose score is the inner product of a user's and an item's vector, so that a vector index can serve it.</summary>
public interface IVectorModel : IMatchingModel
{
    /// <summary>The length of the vectors.</summary>
    int Dimension { get; }

    /// <summary>The items' vectors [<see cref="IMatchingModel.ItemCount"/>, <see cref="Dimension"/>], row by row.</summary>
    ReadOnlyMemory<float> ItemVectors { get; }

    /// <summary>Writes a user's vector.</summary>
    /// <param name="user">The user's number in training.</param>
    /// <param name="history">The user's items.</param>
    /// <param name="vector">[<see cref="Dimension"/>], overwritten; zeros where the model knows nothing of the user.</param>
    void EncodeUser(int user, ReadOnlySpan<int> history, Span<float> vector);
}
