using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LineRec.Training;

internal static unsafe partial class MatrixProduct
{
    /// <summary>8 rows of A by a panel of 32 columns: 16 sums stay in registers; each row's element is spread over a vector and meets both halves of B's row.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    internal static void Tile8x32(float* a, nint rowStride, nint depthStride, float* b, int depth, float* c, nint cStride, bool add)
    {
        Vector512<float> c00 = default, c01 = default;
        Vector512<float> c10 = default, c11 = default;
        Vector512<float> c20 = default, c21 = default;
        Vector512<float> c30 = default, c31 = default;
        Vector512<float> c40 = default, c41 = default;
        Vector512<float> c50 = default, c51 = default;
        Vector512<float> c60 = default, c61 = default;
        Vector512<float> c70 = default, c71 = default;
        if (add)
        {
            (c00, c01) = (Vector512.Load(c), Vector512.Load(c + 16));
            (c10, c11) = (Vector512.Load(c + cStride), Vector512.Load(c + cStride + 16));
            (c20, c21) = (Vector512.Load(c + (2 * cStride)), Vector512.Load(c + (2 * cStride) + 16));
            (c30, c31) = (Vector512.Load(c + (3 * cStride)), Vector512.Load(c + (3 * cStride) + 16));
            (c40, c41) = (Vector512.Load(c + (4 * cStride)), Vector512.Load(c + (4 * cStride) + 16));
            (c50, c51) = (Vector512.Load(c + (5 * cStride)), Vector512.Load(c + (5 * cStride) + 16));
            (c60, c61) = (Vector512.Load(c + (6 * cStride)), Vector512.Load(c + (6 * cStride) + 16));
            (c70, c71) = (Vector512.Load(c + (7 * cStride)), Vector512.Load(c + (7 * cStride) + 16));
        }

        nint three = 3 * rowStride;
        float* second = a + (4 * rowStride);
        for (int k = 0; k < depth; k++, a += depthStride, second += depthStride, b += 32)
        {
            Vector512<float> b0 = Vector512.Load(b), b1 = Vector512.Load(b + 16);
            var a0 = Vector512.Create(*a);
            c00 = Vector512.FusedMultiplyAdd(a0, b0, c00);
            c01 = Vector512.FusedMultiplyAdd(a0, b1, c01);
            var a1 = Vector512.Create(a[rowStride]);
            c10 = Vector512.FusedMultiplyAdd(a1, b0, c10);
            c11 = Vector512.FusedMultiplyAdd(a1, b1, c11);
            var a2 = Vector512.Create(a[2 * rowStride]);
            c20 = Vector512.FusedMultiplyAdd(a2, b0, c20);
            c21 = Vector512.FusedMultiplyAdd(a2, b1, c21);
            var a3 = Vector512.Create(a[three]);
            c30 = Vector512.FusedMultiplyAdd(a3, b0, c30);
            c31 = Vector512.FusedMultiplyAdd(a3, b1, c31);
            var a4 = Vector512.Create(*second);
            c40 = Vector512.FusedMultiplyAdd(a4, b0, c40);
            c41 = Vector512.FusedMultiplyAdd(a4, b1, c41);
            var a5 = Vector512.Create(second[rowStride]);
            c50 = Vector512.FusedMultiplyAdd(a5, b0, c50);
            c51 = Vector512.FusedMultiplyAdd(a5, b1, c51);
            var a6 = Vector512.Create(second[2 * rowStride]);
            c60 = Vector512.FusedMultiplyAdd(a6, b0, c60);
            c61 = Vector512.FusedMultiplyAdd(a6, b1, c61);
            var a7 = Vector512.Create(second[three]);
            c70 = Vector512.FusedMultiplyAdd(a7, b0, c70);
            c71 = Vector512.FusedMultiplyAdd(a7, b1, c71);
        }

        Vector512.Store(c00, c);
        Vector512.Store(c01, c + 16);
        Vector512.Store(c10, c + cStride);
        Vector512.Store(c11, c + cStride + 16);
        Vector512.Store(c20, c + (2 * cStride));
        Vector512.Store(c21, c + (2 * cStride) + 16);
        Vector512.Store(c30, c + (3 * cStride));
        Vector512.Store(c31, c + (3 * cStride) + 16);
        Vector512.Store(c40, c + (4 * cStride));
        Vector512.Store(c41, c + (4 * cStride) + 16);
        Vector512.Store(c50, c + (5 * cStride));
        Vector512.Store(c51, c + (5 * cStride) + 16);
        Vector512.Store(c60, c + (6 * cStride));
        Vector512.Store(c61, c + (6 * cStride) + 16);
        Vector512.Store(c70, c + (7 * cStride));
        Vector512.Store(c71, c + (7 * cStride) + 16);
    }

    /// <summary>1 rows of A by a panel of 32 columns: 2 sums stay in registers; each row's element is spread over a vector and meets both halves of B's row.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    internal static void Tile1x32(float* a, nint depthStride, float* b, int depth, float* c, bool add)
    {
        Vector512<float> c00 = default, c01 = default;
        if (add)
        {
            (c00, c01) = (Vector512.Load(c), Vector512.Load(c + 16));
        }

        for (int k = 0; k < depth; k++, a += depthStride, b += 32)
        {
            Vector512<float> b0 = Vector512.Load(b), b1 = Vector512.Load(b + 16);
            var a0 = Vector512.Create(*a);
            c00 = Vector512.FusedMultiplyAdd(a0, b0, c00);
            c01 = Vector512.FusedMultiplyAdd(a0, b1, c01);
        }

        Vector512.Store(c00, c);
        Vector512.Store(c01, c + 16);
    }
}
