namespace LineRec;

/// <summary>A small random generator whose numbers are the same on every machine and runtime. G. Steele et al., OOPSLA 2014.</summary>
internal struct SplitMix64(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Scrambles a number; neighbouring numbers give unrelated ones.</summary>
    public static ulong Mix(ulong value)
    {
        value += 0x9E37_79B9_7F4A_7C15;
        value = (value ^ (value >> 30)) * 0xBF58_476D_1CE4_E5B9;
        value = (value ^ (value >> 27)) * 0x94D0_49BB_1331_11EB;
        return value ^ (value >> 31);
    }

    /// <summary>A number from 0 to <paramref name="count"/> - 1; the bias is under count / 2^64.</summary>
    public int Next(int count)
    {
        ulong value = Mix(_state);
        _state += 0x9E37_79B9_7F4A_7C15;
        return (int)Math.BigMul(value, (ulong)count, out _);
    }
}
