namespace LineRec.Retrieval;

/// <summary>
/// How codes lie in memory: blocks of 32 vectors; in a block 64-byte rows of four dimensions (4-bit codes) or two (8-bit codes), two bytes
/// a vector. In byte b of a vector in row i, 4-bit codes hold dimension 4i + 2b in the high half and 4i + 2b + 1 in the low half. So 16-bit
/// lanes are vectors, and a scan needs no horizontal sums. Long vectors are summed in segments of up to 32 rows, whose 16-bit sums are
/// shifted before they are added up. Before the rows of 4-bit codes comes one of scales, 16 bits a vector: what its total is multiplied with, in 32,768ths (a vector has its own step, as in
/// locally-adaptive vector quantization: Aguerrebere et al., VLDB 2023). 4-bit codes of eight rows or more are kept in two planes, the head and the tail of every block: exact search leaves most tails unread.
/// </summary>
internal sealed unsafe class CodeLayout
{
    /// <summary>Vectors a block.</summary>
    public const int BlockVectors = 32;

    /// <summary>Bytes of a row.</summary>
    public const int RowBytes = 64;

    /// <summary>The middle of the 4-bit codes, and of each half of an 8-bit one.</summary>
    public const float NibbleCentre = 7.5f;

    /// <summary>The middle of the 8-bit codes.</summary>
    public const float ByteCentre = 127.5f;

    /// <summary>A scale of one.</summary>
    public const int One = 32768;

    private const int MaxSegmentRows = 32;
    private const int LeastRowsToSplit = 8;

    public CodeLayout(int dimension, int bits)
    {
        (Dimension, Bits) = (dimension, bits);
        DimensionsARow = bits == 4 ? 4 : 2;
        Rows = (dimension + DimensionsARow - 1) / DimensionsARow;
        Segments = (Rows + MaxSegmentRows - 1) / MaxSegmentRows;
        SegmentRows = (Rows + Segments - 1) / Segments;
        Segments = (Rows + SegmentRows - 1) / SegmentRows;
        HeadSegments = (Segments + 1) / 2;
        HeadRows = bits != 4 || Rows < LeastRowsToSplit ? Rows : Segments == 1 ? (Rows + 1) / 2 : HeadSegments * SegmentRows;
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

    /// <summary>The rows of the first plane; all where there is no second.</summary>
    public int HeadRows { get; }

    /// <summary>Parts that are summed on their own. Where there is one, both planes are in it; else each plane has whole ones.</summary>
    public int Segments { get; }

    /// <summary>Rows of every segment but the last, which may have fewer.</summary>
    public int SegmentRows { get; }

    /// <summary>Segments of the first plane.</summary>
    public int HeadSegments { get; }

    /// <summary>Whether there are two planes.</summary>
    public bool IsSplit => HeadRows < Rows;

    /// <summary>Dimensions of the first plane.</summary>
    public int HeadDimensions => Math.Min(Dimension, HeadRows * DimensionsARow);

    /// <summary>By how many bits a segment's sum is shifted down, so that the total of all fits 16 bits.</summary>
    public int Shift { get; }

    /// <summary>Bytes of a block's first plane.</summary>
    public int HeadBytes => ScaleBytes + (HeadRows * RowBytes);

    /// <summary>Bytes of the scales that a block begins with.</summary>
    public int ScaleBytes => Bits == 4 ? RowBytes : 0;

    /// <summary>Bytes of a block's second plane.</summary>
    public int TailBytes => (Rows - HeadRows) * RowBytes;

    /// <summary>Bytes of a block.</summary>
    public int BlockBytes => ScaleBytes + (Rows * RowBytes);

    /// <summary>The blocks that hold a number of vectors.</summary>
    public static int BlocksOf(int vectors) => (vectors + BlockVectors - 1) / BlockVectors;

    /// <summary>The segment that a dimension is in.</summary>
    public int SegmentOf(int dimension) => dimension / DimensionsARow / SegmentRows;

    /// <summary>Whether a dimension's 4-bit code is in the high half of its byte.</summary>
    public static bool IsHigh(int dimension) => (dimension & 1) == 0;

    /// <summary>Writes a vector's code of one dimension into a block that was zero there.</summary>
    public void Put(CodePlanes codes, int block, int dimension, int lane, int code)
    {
        ref byte place = ref ByteOf(codes, block, dimension, lane);
        place |= (byte)(Bits == 4 && IsHigh(dimension) ? code << 4 : code);
    }

    /// <summary>Reads it.</summary>
    public int Get(CodePlanes codes, int block, int dimension, int lane)
    {
        byte value = ByteOf(codes, block, dimension, lane);
        return Bits == 8 ? value : IsHigh(dimension) ? value >> 4 : value & 15;
    }

    /// <summary>The scale of a vector's codes, 1 to 32,767.</summary>
    public ref short ScaleOf(CodePlanes codes, int block, int lane) => ref ((short*)codes.At(this, block).Head)[lane];

    private ref byte ByteOf(CodePlanes codes, int block, int dimension, int lane)
    {
        int row = dimension / DimensionsARow, inRow = (lane * 2) + (Bits == 4 ? (dimension >> 1) & 1 : dimension & 1);
        codes = codes.At(this, block);
        return ref row < HeadRows ? ref codes.Head[ScaleBytes + (row * RowBytes) + inRow] : ref codes.Tail[((row - HeadRows) * RowBytes) + inRow];
    }
}
