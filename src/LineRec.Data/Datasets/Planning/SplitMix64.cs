namespace LineRec.Data;

/// <summary>Random numbers by a seed, the same on every machine and every version of .NET. G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.</summary>
internal struct SplitMix64
{
    private const ulong Step = 0x9E3779B97F4A7C15;
    private const int AtATime = 256;

    private ulong _state;

    private SplitMix64(ulong state) => _state = state;

    /// <summary>A sequence of its own for each seed and each pair of numbers.</summary>
    public static SplitMix64 For(ulong seed, int first, int second) => new(Mix(Mix(Mix(seed + Step) + (uint)first + Step) + (uint)second + Step));

    /// <summary>0 to bound - 1, each alike (but for 2^-32).</summary>
    public int Below(int bound)
    {
        _state += Step;
        return Scale(_state, bound);
    }

    /// <summary>Fills a span with 0 to its length - 1 in random order.</summary>
    public void Permutation(Span<int> order)
    {
        for (int i = 0; i < order.Length; i++)
        {
            int j = Below(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
    }

    /// <summary>Moves the value at each place i to the place order[i] that <see cref="Permutation"/> would give, without that array: its exchanges undone from the last to the first.</summary>
    public void Permute(Span<int> values)
    {
        // Numbers first, some at a time, then what waits for memory.
        Span<int> drawn = stackalloc int[AtATime];
        for (int end = values.Length; end > 0; end -= drawn.Length)
        {
            drawn = drawn[..Math.Min(drawn.Length, end)];
            for (int k = 0; k < drawn.Length; k++)
            {
                int bound = end - k;
                drawn[k] = Scale(_state + ((ulong)bound * Step), bound);
            }

            for (int k = 0; k < drawn.Length; k++) (values[end - 1 - k], values[drawn[k]]) = (values[drawn[k]], values[end - 1 - k]);
        }

        _state += (ulong)values.Length * Step;
    }

    private static int Scale(ulong state, int bound) => (int)Math.BigMul(Mix(state), (ulong)bound, out _);

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
