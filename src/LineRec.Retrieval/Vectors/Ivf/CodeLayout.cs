namespace LineRec.Retrieval;

/// <summary>
/// How codes lie in memory: blocks of 32 vectors; in a block 64-byte rows of four dimensions (4-bit codes) or two (8-bit codes), two bytes
/// a vector. In byte b of a vector in row i, 4-bit codes hold dimension 4i + 2b in the high half and 4i + 2b + 1 in the low half. So 16-bit
/// lanes are vectors, and a scan needs no horizontal sums. Long vectors are summed in segments of up to 32 rows, whose 16-bit sums are
/// shifted before they are added up.
/// </summary>
internal sealed class CodeLayout
{
    /// <summary>Vectors a block.</summary>
    public const int BlockVectors = 32;

    /// <summary>Bytes of a row.</summary>
    public const int RowBytes = 64;

    /// <summary>The middle of the 4-bit codes, and of each half of an 8-bit one.</summary>
    public const float NibbleCentre = 7.5f;

    /// <summary>The middle of the 8-bit codes.</summary>
    public const float ByteCentre = 127.5f;

    private const int MaxSegmentRows = 32;

    public CodeLayout(int dimension, int bits)
    {
        (Dimension, Bits) = (dimension, bits);
        DimensionsARow = bits == 4 ? 4 : 2;
        Rows = (dimension + DimensionsARow - 1) / DimensionsARow;
        Segments = (Rows + MaxSegmentRows - 1) / MaxSegmentRows;
        SegmentRows = (Rows + Segments - 1) / Segments;
        Segments = (Rows + SegmentRows - 1) / SegmentRows;
        Shift = Segments == 1 ? 0 : 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)Segments - 1);
    }

    /// <summary>The vectors' length.</summary>
    public int Dimension { get; }

    /// <summary>Bits a dimension, 4 or 8.</summary>
    public int Bits { get; }

    /// <summary>Dimensions of a row.</summary>
    public int DimensionsARow { get; }

    /// <summary>Rows of a block.</summary>
    public int Rows { get; }

    /// <summary>Parts that are summed on their own.</summary>
    public int Segments { get; }

    /// <summary>Rows of every segment but the last, which may have fewer.</summary>
    public int SegmentRows { get; }

    /// <summary>By how many bits a segment's sum is shifted down, so that the total of all fits 16 bits.</summary>
    public int Shift { get; }

    /// <summary>Bytes of a block.</summary>
    public int BlockBytes => Rows * RowBytes;

    /// <summary>The blocks that hold a number of vectors.</summary>
    public static int BlocksOf(int vectors) => (vectors + BlockVectors - 1) / BlockVectors;

    /// <summary>The segment that a dimension is in.</summary>
    public int SegmentOf(int dimension) => dimension / DimensionsARow / SegmentRows;

    /// <summary>Whether a dimension's 4-bit code is in the high half of its byte.</summary>
    public static bool IsHigh(int dimension) => (dimension & 1) == 0;

    /// <summary>Where in a block a vector's code of a dimension is.</summary>
    public int ByteOf(int dimension, int lane) => Bits == 4
        ? (dimension >> 2) * RowBytes + lane * 2 + ((dimension >> 1) & 1)
        : (dimension >> 1) * RowBytes + lane * 2 + (dimension & 1);

    /// <summary>Writes a vector's code of one dimension into a block that was zero there.</summary>
    public void Put(Span<byte> block, int dimension, int lane, int code)
    {
        ref byte place = ref block[ByteOf(dimension, lane)];
        place |= (byte)(Bits == 4 && IsHigh(dimension) ? code << 4 : code);
    }

    /// <summary>Reads it.</summary>
    public int Get(ReadOnlySpan<byte> block, int dimension, int lane)
    {
        byte value = block[ByteOf(dimension, lane)];
        return Bits == 8 ? value : IsHigh(dimension) ? value >> 4 : value & 15;
    }
}
