using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LineRec.Retrieval;

/// <summary>A vector in whole numbers: each value times <see cref="Scale"/>, rounded. What its rounding may cost an inner product is known.</summary>
internal readonly unsafe struct SieveCodes
{
    /// <summary>Vectors of more dimensions aren't coded: rounding would take too much, and lengths could exceed their limits.</summary>
    public const int MostDimensions = 256;

    /// <summary>Length of the codes before rounding adds at most 8 (√256 / 2): 180² is below 2¹⁵, so that every inner product of two codes fits into 16 bits.</summary>
    private const float MostCodeLength = 172f;

    /// <summary>Greatest code of a row and of a query: a row's, made positive by <see cref="RowOffset"/>, times a query's, twice, is below 2¹⁵, as two products are added in 16 bits.</summary>
    private const float MostRowCode = 95f, MostQueryCode = 85f;

    /// <summary>What is added to a row's codes, which are unsigned.</summary>
    public const int RowOffset = 96;

    /// <summary>Beyond them squares may underflow or overflow.</summary>
    private const float LeastLength = 1e-15f, MostLength = 1e15f;

    /// <summary>More than the relative error of any of the single-precision sums here.</summary>
    private const float Rounding = 1e-4f;

    private SieveCodes(float scale, float length, float rest) => (Scale, Length, Rest) = (scale, length, rest);

    /// <summary>What values are multiplied by; 1 for zeros, NaN for a vector that can't be coded: not finite, too long or too short.</summary>
    public float Scale { get; }

    /// <summary>The vector's length.</summary>
    public float Length { get; }

    /// <summary>The vector's length times <see cref="Scale"/>; the codes aren't longer than this and <see cref="Rest"/>.</summary>
    public float ScaledLength => Length * Scale;

    /// <summary>At least the length of what rounding took, as a multiple of <see cref="Scale"/>.</summary>
    public float Rest { get; }

    /// <summary>Codes a row.</summary>
    /// <param name="values">Its values, with room behind them for whole vectors.</param>
    /// <param name="dimension">How many.</param>
    /// <param name="codes">Receives a byte a value, <see cref="RowOffset"/> added, as many as a padded vector has.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static SieveCodes Row(float* values, int dimension, byte* codes) => Code(values, dimension, MostRowCode, RowOffset, codes);

    /// <summary>Codes a padded query.</summary>
    /// <param name="values">Its values.</param>
    /// <param name="dimension">How many.</param>
    /// <param name="codes">Receives a signed byte a value, as many as a padded vector has.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static SieveCodes Query(float* values, int dimension, byte* codes) => Code(values, dimension, MostQueryCode, 0, codes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static SieveCodes Code(float* values, int dimension, float most, int offset, byte* codes)
    {
        Vector512<float> squares = default, greatest = default;
        for (int i = 0; i < dimension; i += DotProduct.Lanes)
        {
            var v = Vector512.Load(values + i) & DotProduct.Mask512(dimension - i);
            squares = Vector512.FusedMultiplyAdd(v, v, squares);
            greatest = Vector512.Max(greatest, Vector512.Abs(v));
        }

        float length = MathF.Sqrt(Vector512.Sum(squares)), peak = Greatest(greatest);
        float scale = peak == 0 ? 1 : length is >= LeastLength and <= MostLength ? MathF.Min(MostCodeLength / length, most / peak) : float.NaN;
        Vector512<float> squaredRest = default;
        for (int i = 0; i < dimension; i += DotProduct.Lanes)
        {
            var v = (Vector512.Load(values + i) & DotProduct.Mask512(dimension - i)) * scale;
            var code = Vector512.Round(v);
            var rest = v - code;
            squaredRest = Vector512.FusedMultiplyAdd(rest, rest, squaredRest);
            Bytes(Vector512.ConvertToInt32Native(code) + Vector512.Create(offset)).Store(codes + i);
        }

        return new SieveCodes(scale, length, peak == 0 ? 0 : (MathF.Sqrt(Vector512.Sum(squaredRest)) * (1 + Rounding)) + (most * Rounding));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Greatest(Vector512<float> values)
    {
        var v = Vector256.Max(values.GetLower(), values.GetUpper());
        var w = Vector128.Max(v.GetLower(), v.GetUpper());
        return MathF.Max(MathF.Max(w[0], w[1]), MathF.Max(w[2], w[3]));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Bytes(Vector512<int> values) => Avx512F.IsSupported
        ? Avx512F.ConvertToVector128Byte(values)
        : Vector128.Narrow(Vector128.Narrow(values.GetLower().GetLower(), values.GetLower().GetUpper()), Vector128.Narrow(values.GetUpper().GetLower(), values.GetUpper().GetUpper())).AsByte();
}
