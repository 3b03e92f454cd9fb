namespace LineRec.Retrieval;

/// <summary>Files of the index.</summary>
public sealed unsafe partial class IvfIndex
{
    /// <summary>Saves the index, without the vectors: they stay in their .npy file. Written aside and renamed.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <exception cref="InvalidOperationException">There are changes that aren't compacted: <see cref="CompactAsync"/> first, and save <see cref="Vectors"/> as well.</exception>
    public void Save(string path)
    {
        var state = State;
        if (state.Tail.Count > 0 || state.RemovedAt is not null)
            throw new InvalidOperationException("The index has changes that aren't compacted. Await CompactAsync() before Save, and save Vectors beside it: the index then refers to those.");
        IvfFile.Save(state.Data, path);
        GC.KeepAlive(state);
    }

    /// <summary>The vectors that the index refers to, by row; after a compaction a matrix of the index's own.</summary>
    public NpyMatrix<float> Vectors => State.Vectors;

    /// <summary>Opens a saved index: it is mapped into memory and its checksum verified. O(bytes of the index), not of the vectors.</summary>
    /// <param name="path">The file.</param>
    /// <param name="vectors">The vectors that it was built from.</param>
    /// <param name="probe">How far searches go; null for the default.</param>
    /// <exception cref="InvalidDataException">The file is damaged, of another version, no such file, or of other vectors.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static IvfIndex Open(string path, NpyMatrix<float> vectors, IvfProbe? probe = null)
    {
        var data = IvfFile.Open(path, vectors);
        return new IvfIndex(new IvfState(data, vectors, new VectorScorer(vectors, data.Space.Metric)), probe ?? new IvfProbe());
    }
}
