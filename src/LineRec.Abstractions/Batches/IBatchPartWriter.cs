namespace LineRec;

/// <summary>Writes the parts of a batch as files.</summary>
/// <remarks>Called by several threads at once, for different files.</remarks>
public interface IBatchPartWriter
{
    /// <summary>What the names of its files end in, such as ".parquet".</summary>
    string Extension { get; }

    /// <summary>
    /// Writes one file. It must appear under its name only when it is whole and on disk: a batch that was stopped goes on after the last file that is there.
    /// The same part must give the same bytes.
    /// </summary>
    /// <param name="path">The file; none of this name exists.</param>
    /// <param name="part">What goes into it.</param>
    void Write(string path, BatchPart part);
}
