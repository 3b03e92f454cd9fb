using System.Numerics;

namespace LineRec.Data;

/// <summary>
/// Which code a text got, by where it lies in memory: rows that share a dictionary's text share its address. Other texts may come to lie there later, so what is found has to be compared. A hash table that is
/// probed in line, at most three quarters full.
/// </summary>
internal sealed class AddressTable
{
    private const int Least = 64;
    private const int Half = 32;

    private ulong[] _slots = new ulong[Least]; // code + 1 in the upper half, half of the address in the lower; 0 where free
    private int _used;

    public long Bytes => (long)_slots.Length * sizeof(ulong);

    /// <summary>The most that it takes for so many addresses.</summary>
    public static long BytesFor(long addresses) => sizeof(ulong) * Math.Max(Least, 8 * addresses / 3);

    public void Clear()
    {
        _slots.AsSpan().Clear();
        _used = 0;
    }

    /// <summary>Finds the slot of an address, or the one where it belongs. To be filled before the next call where it holds no code.</summary>
    /// <param name="address">The address.</param>
    /// <param name="code">The code that was noted with it; -1 where there is none.</param>
    public ref ulong Find(nint address, out int code)
    {
        if (4 * _used >= 3 * _slots.Length) Grow();
        uint half = (uint)address;
        int mask = _slots.Length - 1;
        for (int at = Home(half); ; at = (at + 1) & mask)
        {
            ref ulong slot = ref _slots[at];
            code = (int)(slot >> Half) - 1;
            if (code >= 0 && (uint)slot == half) return ref slot;
            if (code >= 0) continue;
            _used++;
            return ref slot;
        }
    }

    /// <summary>What a slot holds.</summary>
    public static ulong Entry(nint address, int code) => ((ulong)(code + 1) << Half) | (uint)address;

    private int Home(uint half) => (int)((half * 0x9E3779B1u) >> (Half - BitOperations.Log2((uint)_slots.Length)));

    private void Grow()
    {
        var before = _slots;
        (_slots, _used) = (new ulong[2 * before.Length], 0);
        foreach (ulong slot in before)
        {
            if (slot != 0) Find((nint)(uint)slot, out _) = slot;
        }
    }
}
