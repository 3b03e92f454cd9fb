using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LineRec.Retrieval;

/// <summary>The upper tail of the normal distribution, Q(z) = P(Z > z), as ½ exp(-0.717 z - 0.416 z²) for z ≥ 0 (a usual approximation, within a few per cent of itself to z = 5).</summary>
internal static class NormalTail
{
    /// <summary>Q of eight values at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Above(Vector256<float> z)
    {
        // The exponent in powers of two, and a half is one more.
        var size = Vector256.MinNative(Vector256.Abs(z), Vector256.Create(12f));
        var power = Vector256.FusedMultiplyAdd(size, Vector256.FusedMultiplyAdd(size, Vector256.Create(-0.60016f), Vector256.Create(-1.03441f)), Vector256.Create(-1f));
        var tail = Exp2(power);
        return Vector256.ConditionalSelect(Vector256.LessThan(z, Vector256<float>.Zero), Vector256<float>.One - tail, tail);
    }

    /// <summary>The z above which Q is less than a probability; found by halving.</summary>
    /// <param name="probability">Over 0 and under 1.</param>
    public static float PointOf(float probability)
    {
        float low = -8, high = 12;
        for (int round = 0; round < 40; round++)
        {
            float middle = (low + high) / 2;
            if (Above(Vector256.Create(middle))[0] > probability) low = middle;
            else high = middle;
        }

        return low;
    }

    /// <summary>2 to the x for -120 ≤ x ≤ 0: whole part into the exponent, the rest by a polynomial; within 1e-4 of itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Exp2(Vector256<float> x)
    {
        var whole = Vector256.Floor(x);
        var rest = x - whole;
        var value = Vector256.FusedMultiplyAdd(rest, Vector256.Create(0.07944f), Vector256.Create(0.22412f));
        value = Vector256.FusedMultiplyAdd(rest, value, Vector256.Create(0.69644f));
        value = Vector256.FusedMultiplyAdd(rest, value, Vector256.Create(0.99999f));
        return (value.AsInt32() + Vector256.ShiftLeft(Vector256.ConvertToInt32Native(whole), 23)).AsSingle();
    }
}
