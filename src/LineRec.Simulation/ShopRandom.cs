namespace LineRec.Simulation;

/// <summary>
/// A small random generator whose seed is a path of numbers (shop, user, day, …), so that parts of the simulation can run in any order or
/// at once with the same outcome. SplitMix64: G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
/// </summary>
internal sealed class ShopRandom
{
    private ulong _state;

    public ShopRandom(ulong seed, params ReadOnlySpan<ulong> path)
    {
        _state = seed;
        foreach (ulong step in path) _state = Mix(_state ^ Mix(step + 0x9E3779B97F4A7C15));
    }

    /// <summary>A number in [0, 1) that belongs to a pair for good, without any state.</summary>
    public static double Fixed(ulong seed, ulong a, ulong b) => ToUnit(Mix(Mix(seed ^ Mix(a + 0x9E3779B97F4A7C15)) ^ Mix(b + 0xD1B54A32D192ED03)));

    /// <summary>Uniform in [0, 1).</summary>
    public double Next() => ToUnit(Mix(_state += 0x9E3779B97F4A7C15));

    /// <summary>Uniform in 0 to count - 1.</summary>
    public int Next(int count) => (int)(Next() * count);

    public double Between(double low, double high) => low + (Next() * (high - low));

    public bool Chance(double probability) => Next() < probability;

    public double Normal()
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - Next()));
        return radius * Math.Cos(2 * Math.PI * Next());
    }

    public double Exponential(double mean) => -mean * Math.Log(1 - Next());

    public int Poisson(double mean)
    {
        double limit = Math.Exp(-mean), product = Next();
        int count = 0;
        while (product > limit)
        {
            product *= Next();
            count++;
        }

        return count;
    }

    /// <summary>Draws an index with the weights given; they need not sum to 1. Falls to the last one that has weight.</summary>
    public int Pick(ReadOnlySpan<double> weights)
    {
        double sum = 0;
        foreach (double weight in weights) sum += weight;
        double at = Next() * sum;
        int last = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (weights[i] <= 0) continue;
            last = i;
            at -= weights[i];
            if (at < 0) break;
        }

        return last;
    }

    private static double ToUnit(ulong bits) => (bits >> 11) * (1.0 / (1ul << 53));

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
