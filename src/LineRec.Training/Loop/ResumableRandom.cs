using System.Numerics;

namespace LineRec.Training;

/// <summary>A seeded generator whose state a checkpoint can keep, so that a training that goes on draws what it would have drawn; goes wherever a <see cref="Random"/> does.</summary>
/// <remarks>
/// Not thread-safe. xoshiro256** (D. Blackman, S. Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47, 2021), seeded through SplitMix64 as its authors advise; whole numbers below a bound
/// by multiplication with rejection (D. Lemire, "Fast random integer generation in an interval", ACM TOMACS 29, 2019). The same on every machine and every version of .NET. Not for secrets.
/// </remarks>
public sealed class ResumableRandom : Random
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private readonly ulong[] _state = new ulong[4];

    /// <summary>Creates a generator.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="stream">Another sequence for each number, with the same seed.</param>
    public ResumableRandom(long seed, long stream = 0)
        : base(0)
    {
        ulong next = Mix((ulong)seed + Golden) + (ulong)stream;
        for (int i = 0; i < _state.Length; i++) _state[i] = Mix(next += Golden);
    }

    /// <summary>Names the state.</summary>
    /// <param name="state">Saves or restores it.</param>
    public void Exchange(TrainingState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Values("xoshiro256", _state.AsSpan());
    }

    /// <summary>The next 64 bits.</summary>
    public ulong NextBits()
    {
        ulong result = BitOperations.RotateLeft(_state[1] * 5, 7) * 9, shifted = _state[1] << 17;
        _state[2] ^= _state[0];
        _state[3] ^= _state[1];
        _state[1] ^= _state[2];
        _state[0] ^= _state[3];
        _state[2] ^= shifted;
        _state[3] = BitOperations.RotateLeft(_state[3], 45);
        return result;
    }

    /// <inheritdoc/>
    public override int Next() => (int)Below(int.MaxValue);

    /// <inheritdoc/>
    public override int Next(int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxValue);
        return (int)Below((ulong)maxValue);
    }

    /// <inheritdoc/>
    public override int Next(int minValue, int maxValue) => (int)NextInt64(minValue, maxValue);

    /// <inheritdoc/>
    public override long NextInt64() => (long)Below(long.MaxValue);

    /// <inheritdoc/>
    public override long NextInt64(long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxValue);
        return (long)Below((ulong)maxValue);
    }

    /// <inheritdoc/>
    public override long NextInt64(long minValue, long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        return minValue + (long)Below((ulong)maxValue - (ulong)minValue);
    }

    /// <inheritdoc/>
    public override double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <inheritdoc/>
    public override float NextSingle() => (NextBits() >> 40) * (1.0f / (1U << 24));

    /// <inheritdoc/>
    public override void NextBytes(byte[] buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        NextBytes(buffer.AsSpan());
    }

    /// <inheritdoc/>
    public override void NextBytes(Span<byte> buffer)
    {
        for (int i = 0; i < buffer.Length; i++) buffer[i] = (byte)(NextBits() >> 56);
    }

    /// <inheritdoc/>
    protected override double Sample() => NextDouble();

    // 0 to bound - 1, each alike; 0 for a bound of 0.
    private ulong Below(ulong bound)
    {
        ulong high = Math.BigMul(NextBits(), bound, out ulong low);
        if (low >= bound) return high;
        for (ulong threshold = bound == 0 ? 0 : (0 - bound) % bound; low < threshold;) high = Math.BigMul(NextBits(), bound, out low);
        return high;
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
