using System.Runtime.InteropServices;

namespace LineRec.Retrieval;

/// <summary>
/// The immutable part of an <see cref="IvfIndex"/>: one block of memory, laid out as the file is, so that a file is used as it is mapped. Sections start at
/// multiples of 64 bytes.
/// </summary>
internal sealed unsafe class IvfData : IDisposable
{
    private readonly IDisposable? _owner;
    private byte* _image;

    /// <summary>Lays views over an image.</summary>
    /// <param name="image">Its first byte, 64-byte aligned; the header must be valid.</param>
    /// <param name="owner">Frees it; null for native memory that this object frees itself.</param>
    public IvfData(byte* image, IDisposable? owner)
    {
        _image = image;
        _owner = owner;
        Header = (IvfHeader*)image;
        Space = new CodedSpace(Header->Metric, Header->Dimension, Header->Weight);
        Layout = new CodeLayout(Space.CodedDimension, 4);
        CentroidLayout = new CodeLayout(Space.CodedDimension, 8);
        byte* at = image + Align(sizeof(IvfHeader));
        Scales = Take<float>(ref at, Space.CodedDimension);
        CentroidMean = Take<float>(ref at, Space.CodedDimension);
        Correlations = Take<float>(ref at, (long)Space.CodedDimension * Space.CodedDimension);
        Centroids = Take<float>(ref at, (long)Lists * Space.CodedDimension);
        CentroidCodes = Take<byte>(ref at, (long)CodeLayout.BlocksOf(Lists) * CentroidLayout.BlockBytes);
        ListStarts = Take<int>(ref at, Lists + 1);
        InverseSteps = Take<float>(ref at, Lists);
        CodeSteps = Take<float>(ref at, Lists);
        ListSizes = Take<float>(ref at, Lists + CodeLayout.BlockVectors);
        RestVariances = Take<float>(ref at, Lists + CodeLayout.BlockVectors);
        ShareVariances = Take<float>(ref at, Lists + CodeLayout.BlockVectors);
        ShareBases = Take<float>(ref at, Lists + CodeLayout.BlockVectors);
        GreatestRestVariances = Take<float>(ref at, Lists + CodeLayout.BlockVectors);
        GreatestShareVariances = Take<float>(ref at, Lists + CodeLayout.BlockVectors);
        GreatestShares = Take<float>(ref at, Lists + CodeLayout.BlockVectors);
        LeastShares = Take<float>(ref at, Lists + CodeLayout.BlockVectors);
        GreatestOffsets = Take<float>(ref at, Lists + CodeLayout.BlockVectors);
        Radii = Take<float>(ref at, Lists);
        CodeRadii = Take<float>(ref at, Lists);
        BlockErrors = Take<float>(ref at, Header->Blocks);
        TailRadii = Take<float>(ref at, Header->Blocks);
        PartRestVariances = Take<float>(ref at, PartsOf(*Header) + CodeLayout.BlockVectors);
        PartShareVariances = Take<float>(ref at, PartsOf(*Header) + CodeLayout.BlockVectors);
        PartShares = Take<float>(ref at, PartsOf(*Header) + CodeLayout.BlockVectors);
        PartOffsets = Take<float>(ref at, PartsOf(*Header) + CodeLayout.BlockVectors);
        OddRows = Take<int>(ref at, Header->OddRows);
        Ids = Take<int>(ref at, (long)Header->Blocks * CodeLayout.BlockVectors);
        byte* heads = Take<byte>(ref at, (long)Header->Blocks * Layout.HeadBytes);
        Codes = new CodePlanes(heads, Take<byte>(ref at, (long)Header->Blocks * Layout.TailBytes));
        Bytes = at - image;
    }

    public byte* Image => _image;

    public IvfHeader* Header { get; }

    public CodedSpace Space { get; }

    public CodeLayout Layout { get; }

    public CodeLayout CentroidLayout { get; }

    public int Lists => Header->Lists;

    /// <summary>Bytes of the image.</summary>
    public long Bytes { get; }

    /// <summary>What each dimension's residuals are divided by before they are coded.</summary>
    public float* Scales { get; }

    /// <summary>The middle of the centroids' codes.</summary>
    public float* CentroidMean { get; }

    /// <summary>The covariance [coded dimension, coded dimension] of the scaled rests of <see cref="IvfListModel"/> in units of <see cref="RestVariances"/>.</summary>
    public float* Correlations { get; }

    /// <summary>Centroids [lists, coded dimension]: the lists' means.</summary>
    public float* Centroids { get; }

    /// <summary>Centroids less their mean in 8-bit codes of <see cref="IvfHeader.CentroidStep"/> each.</summary>
    public byte* CentroidCodes { get; }

    /// <summary>The first place of each list, and one more for the end. Lists follow each other without gaps: the first and the last block of a list may be shared with its neighbours.</summary>
    public int* ListStarts { get; }

    /// <summary>What one step of a list's greatest codes stands for, in scaled residuals: totals are multiples of it.</summary>
    public float* CodeSteps { get; }

    /// <summary>One over a list's typical step, which is <see cref="IvfListCoder.StepOfDeviation"/> times the deviation of its scaled residuals.</summary>
    public float* InverseSteps { get; }

    /// <summary>The model of each list (<see cref="IvfListModel"/>): the variance of scaled rests, a value; the variance of shares; and their base. Zeros follow, for whole vectors, as in those that follow.</summary>
    public float* RestVariances { get; }

    public float* ShareVariances { get; }

    public float* ShareBases { get; }

    /// <summary>How many vectors each list has; zeros follow.</summary>
    public float* ListSizes { get; }

    /// <summary>The length of a list's longest scaled residual.</summary>
    public float* Radii { get; }

    /// <summary>The length of a list's longest scaled codes, in code steps.</summary>
    public float* CodeRadii { get; }

    /// <summary>The length of the greatest difference between scaled residual and code in a block.</summary>
    public float* BlockErrors { get; }

    /// <summary>The length of the longest scaled residual of a block in the dimensions of the second plane.</summary>
    public float* TailRadii { get; }

    /// <summary>
    /// The same of a part: a list's vectors in one block. Part (block + list) is theirs, since of two lists that share a block the second has the greater number. Here is the variance of its rests, a value.
    /// </summary>
    public float* PartRestVariances { get; }

    /// <summary>The variance of a part's shares.</summary>
    public float* PartShareVariances { get; }

    /// <summary>The mean share of a part: a query whose product with the list's mean is m has about m × (1 + share) + offset with the part's.</summary>
    public float* PartShares { get; }

    /// <summary>The mean offset of a part.</summary>
    public float* PartOffsets { get; }

    /// <summary>The greatest of <see cref="PartRestVariances"/> in each list.</summary>
    public float* GreatestRestVariances { get; }

    /// <summary>The greatest of <see cref="PartShareVariances"/> in each list.</summary>
    public float* GreatestShareVariances { get; }

    /// <summary>The greatest of <see cref="PartShares"/> in each list.</summary>
    public float* GreatestShares { get; }

    /// <summary>The least of them.</summary>
    public float* LeastShares { get; }

    /// <summary>The greatest of <see cref="PartOffsets"/> in each list.</summary>
    public float* GreatestOffsets { get; }

    /// <summary>Rows that aren't coded and are always scored.</summary>
    public int* OddRows { get; }

    /// <summary>The row in each place of a block; -1 for none. A list is in the order of <see cref="IvfListModel"/>.</summary>
    public int* Ids { get; }

    public CodePlanes Codes { get; }

    /// <summary>Whether it has no coded vectors.</summary>
    public bool IsEmpty => Header->Count == 0;

    /// <summary>A copy of the centroids.</summary>
    public float[] CopyCentroids() => new ReadOnlySpan<float>(Centroids, Lists * Space.CodedDimension).ToArray();

    /// <summary>The bytes of an image with this header, or -1 where they pass all bounds.</summary>
    public static long BytesOf(in IvfHeader header)
    {
        long coded = CodedSpace.CodedDimensionOf(header.Metric, header.Dimension);
        long blockBytes = ((coded + 3) / 4 * CodeLayout.RowBytes) + CodeLayout.RowBytes, centroidBytes = (coded + 1) / 2 * CodeLayout.RowBytes;
        long lists = header.Lists, blocks = header.Blocks;
        try
        {
            checked
            {
                return Align(sizeof(IvfHeader)) + (2 * Align(4 * coded)) + Align(4 * coded * coded) + Align(4 * lists * coded) + Align((lists + 31) / 32 * centroidBytes) + Align(4 * (lists + 1)) + (9 * Align(4 * (lists + CodeLayout.BlockVectors))) + (4 * Align(4 * lists))
                    + (2 * Align(4 * blocks)) + (4 * Align(4 * (PartsOf(header) + CodeLayout.BlockVectors))) + Align(4L * header.OddRows) + Align(4 * blocks * CodeLayout.BlockVectors) + Align(blocks * blockBytes);
            }
        }
        catch (OverflowException)
        {
            return -1;
        }
    }

    /// <summary>Lists and blocks of them, with gaps.</summary>
    private static long PartsOf(in IvfHeader header) => (long)header.Blocks + header.Lists;

    /// <summary>Makes an image in native memory, all zero but for the header.</summary>
    public static IvfData Allocate(in IvfHeader header)
    {
        long bytes = BytesOf(header);
        byte* image = LargePages.Allocate(bytes);
        *(IvfHeader*)image = header;
        GC.AddMemoryPressure(bytes);
        return new IvfData(image, null);
    }

    ~IvfData() => Free();

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private static long Align(long bytes) => (bytes + CodeLayout.RowBytes - 1) / CodeLayout.RowBytes * CodeLayout.RowBytes;

    private static T* Take<T>(ref byte* at, long count)
        where T : unmanaged
    {
        T* section = (T*)at;
        at += Align(count * sizeof(T));
        return section;
    }

    private void Free()
    {
        if (_image == null) return;
        byte* image = _image;
        _image = null;
        if (_owner is not null)
        {
            _owner.Dispose();
            return;
        }

        NativeMemory.AlignedFree(image);
        GC.RemoveMemoryPressure(Bytes);
    }
}
