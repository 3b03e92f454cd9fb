namespace LineRec;

/// <summary>A vector index that takes new, changed and removed vectors while others search it.</summary>
/// <remarks>Thread-safe. A search sees one version of the index: all changes that returned before it began, and none that began after it.</remarks>
public interface IUpdatableVectorIndex : IVectorIndex
{
    /// <summary>Adds or replaces a row's vector. The next search sees it.</summary>
    /// <param name="row">A catalog row, 0 or more.</param>
    /// <param name="vector">Its vector, of <see cref="IVectorIndex.Dimension"/> values; copied.</param>
    /// <exception cref="ArgumentOutOfRangeException">The row is negative, or greater than the index can hold.</exception>
    /// <exception cref="ArgumentException">The vector's length isn't the index's dimension.</exception>
    void Set(int row, ReadOnlySpan<float> vector);

    /// <summary>Removes a row's vector. The next search doesn't find it.</summary>
    /// <param name="row">A catalog row.</param>
    /// <returns>Whether the index held it.</returns>
    bool Remove(int row);
}
