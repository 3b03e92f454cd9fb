namespace LineRec.Data;

/// <summary>What is done about a file or row group that can't be read, or whose columns aren't those of the others.</summary>
public enum DatasetDamagePolicy
{
    /// <summary>Reading ends with an <see cref="InvalidDataException"/> that names file, row group and column.</summary>
    Throw,

    /// <summary>It is left out, counted, and listed as <see cref="DatasetQuarantine"/>; the rest is read.</summary>
    Quarantine,
}
