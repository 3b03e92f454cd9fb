namespace LineRec.Data;

/// <summary>Some rows of a row group: all of them, but for the two at the ends of a shard.</summary>
internal readonly record struct Piece(RowGroup Group, int First, int Count);
