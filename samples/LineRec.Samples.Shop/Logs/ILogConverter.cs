namespace LineRec.Samples.Shop.Logs;

/// <summary>Turns one kind of log, as it is published, into LineRec's layout.</summary>
public interface ILogConverter
{
    /// <summary>The data set's name.</summary>
    string Dataset { get; }

    /// <summary>The files it needs, for messages.</summary>
    string Layout { get; }

    /// <summary>Whether a folder holds this kind of log.</summary>
    /// <param name="directory">The folder.</param>
    bool Accepts(string directory);

    /// <summary>Converts.</summary>
    /// <param name="directory">A folder that it accepts.</param>
    /// <param name="outDirectory">Where the tables are written; made where it isn't there.</param>
    /// <exception cref="InvalidDataException">A line can't be read; the message names file, line and column.</exception>
    ShopLogInfo Convert(string directory, string outDirectory);
}
