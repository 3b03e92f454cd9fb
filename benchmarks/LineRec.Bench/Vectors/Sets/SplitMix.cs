namespace LineRec.Bench.Vectors;

/// <summary>
/// A stream of random numbers (SplitMix64: Steele, Lea and Flood, 2014) whose values are the same on every machine: integers, and
/// floats made of them by exact operations only.
/// </summary>
internal struct SplitMix(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A stream of its own for each pair of numbers, so that work may be split over threads without changing its result.</summary>
    public static SplitMix For(ulong seed, ulong item) => new(Mix(seed + 0x9E3779B97F4A7C15) ^ Mix((item * 0xD1342543DE82EF95) + 1));

    public ulong Next() => Mix(_state += 0x9E3779B97F4A7C15);

    /// <summary>0 to below 1.</summary>
    public double Uniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>0 to below <paramref name="bound"/>.</summary>
    public int Below(int bound) => (int)(((Next() >> 32) * (ulong)bound) >> 32);

    /// <summary>Nearly normal, mean 0, variance 1: the sum of 8 uniform numbers of 16 bits (Irwin and Hall). No logarithm, whose last bit is the library's.</summary>
    public float Normal()
    {
        ulong a = Next(), b = Next();
        const ulong Pairs = 0x0000FFFF0000FFFF;
        ulong sums = (a & Pairs) + ((a >> 16) & Pairs) + (b & Pairs) + ((b >> 16) & Pairs);
        long sum = (long)(uint)sums + (long)(sums >> 32) - (4 * 65_535);
        return sum * (1f / 53_509.3f); // 65,536 × sqrt(8 / 12)
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
