using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LineRec.Training;

internal static unsafe partial class MatrixProduct
{
    /// <summary>6 rows of A by a panel of 16 columns: 12 sums stay in registers; each row's element is spread over a vector and meets both halves of B's row.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    internal static void Tile6x16(float* a, nint rowStride, nint depthStride, float* b, int depth, float* c, nint cStride, bool add)
    {
        Vector256<float> c00 = default, c01 = default;
        Vector256<float> c10 = default, c11 = default;
        Vector256<float> c20 = default, c21 = default;
        Vector256<float> c30 = default, c31 = default;
        Vector256<float> c40 = default, c41 = default;
        Vector256<float> c50 = default, c51 = default;
        if (add)
        {
            (c00, c01) = (Vector256.Load(c), Vector256.Load(c + 8));
            (c10, c11) = (Vector256.Load(c + cStride), Vector256.Load(c + cStride + 8));
            (c20, c21) = (Vector256.Load(c + (2 * cStride)), Vector256.Load(c + (2 * cStride) + 8));
            (c30, c31) = (Vector256.Load(c + (3 * cStride)), Vector256.Load(c + (3 * cStride) + 8));
            (c40, c41) = (Vector256.Load(c + (4 * cStride)), Vector256.Load(c + (4 * cStride) + 8));
            (c50, c51) = (Vector256.Load(c + (5 * cStride)), Vector256.Load(c + (5 * cStride) + 8));
        }

        float* second = a + (3 * rowStride);
        for (int k = 0; k < depth; k++, a += depthStride, second += depthStride, b += 16)
        {
            Vector256<float> b0 = Vector256.Load(b), b1 = Vector256.Load(b + 8);
            var a0 = Vector256.Create(*a);
            c00 = Vector256.FusedMultiplyAdd(a0, b0, c00);
            c01 = Vector256.FusedMultiplyAdd(a0, b1, c01);
            var a1 = Vector256.Create(a[rowStride]);
            c10 = Vector256.FusedMultiplyAdd(a1, b0, c10);
            c11 = Vector256.FusedMultiplyAdd(a1, b1, c11);
            var a2 = Vector256.Create(a[2 * rowStride]);
            c20 = Vector256.FusedMultiplyAdd(a2, b0, c20);
            c21 = Vector256.FusedMultiplyAdd(a2, b1, c21);
            var a3 = Vector256.Create(*second);
            c30 = Vector256.FusedMultiplyAdd(a3, b0, c30);
            c31 = Vector256.FusedMultiplyAdd(a3, b1, c31);
            var a4 = Vector256.Create(second[rowStride]);
            c40 = Vector256.FusedMultiplyAdd(a4, b0, c40);
            c41 = Vector256.FusedMultiplyAdd(a4, b1, c41);
            var a5 = Vector256.Create(second[2 * rowStride]);
            c50 = Vector256.FusedMultiplyAdd(a5, b0, c50);
            c51 = Vector256.FusedMultiplyAdd(a5, b1, c51);
        }

        Vector256.Store(c00, c);
        Vector256.Store(c01, c + 8);
        Vector256.Store(c10, c + cStride);
        Vector256.Store(c11, c + cStride + 8);
        Vector256.Store(c20, c + (2 * cStride));
        Vector256.Store(c21, c + (2 * cStride) + 8);
        Vector256.Store(c30, c + (3 * cStride));
        Vector256.Store(c31, c + (3 * cStride) + 8);
        Vector256.Store(c40, c + (4 * cStride));
        Vector256.Store(c41, c + (4 * cStride) + 8);
        Vector256.Store(c50, c + (5 * cStride));
        Vector256.Store(c51, c + (5 * cStride) + 8);
    }

    /// <summary>1 rows of A by a panel of 16 columns: 2 sums stay in registers; each row's element is spread over a vector and meets both halves of B's row.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    internal static void Tile1x16(float* a, nint depthStride, float* b, int depth, float* c, bool add)
    {
        Vector256<float> c00 = default, c01 = default;
        if (add)
        {
            (c00, c01) = (Vector256.Load(c), Vector256.Load(c + 8));
        }

        for (int k = 0; k < depth; k++, a += depthStride, b += 16)
        {
            Vector256<float> b0 = Vector256.Load(b), b1 = Vector256.Load(b + 8);
            var a0 = Vector256.Create(*a);
            c00 = Vector256.FusedMultiplyAdd(a0, b0, c00);
            c01 = Vector256.FusedMultiplyAdd(a0, b1, c01);
        }

        Vector256.Store(c00, c);
        Vector256.Store(c01, c + 8);
    }
}
