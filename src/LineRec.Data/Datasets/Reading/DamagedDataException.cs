namespace LineRec.Data;

/// <summary>A column of a row group that can't be decoded.</summary>
internal sealed class DamagedDataException(Piece piece, string message, Exception? cause) : Exception(message, cause)
{
    public Piece Piece => piece;
}
