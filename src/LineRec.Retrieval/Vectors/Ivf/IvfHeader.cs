using System.Runtime.InteropServices;

namespace LineRec.Retrieval;

/// <summary>The first bytes of an index in memory and on disk.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
internal struct IvfHeader
{
    public const ulong ExpectedMagic = 0x0046_5649_4352_4C; // "LRCIVF"
    public const int CurrentVersion = 3;

    public ulong Magic;
    public int Version;
    public VectorMetric Metric;
    public int Dimension;
    public int Lists;
    public int Blocks;
    public int Count;          // coded vectors
    public int OddRows;        // rows that can't be coded: NaN, infinite or huge values
    public int MatrixRows;     // rows of the vectors' matrix
    public float HighRadius;   // the longest centred codes of the dimensions in high halves, a segment
    public float LowRadius;
    public float CentroidRadius;
    public float CentroidStep;
    public float GreatestLength;
    public float Weight;       // of the value that L2 adds to vectors
    public ulong VectorsHash;  // of a sample of the vectors: is it the matrix that the index was built from?
    public ulong Checksum;     // of all that follows the header, and of the header with this field 0
}
