using System.Numerics;
using System.Runtime.CompilerServices;

namespace LineRec.Retrieval;

/// <summary>Quickselect: C. A. R. Hoare, "Algorithm 65: Find", CACM 4 (1961), with N. Lomuto's partition and a sort as the way out of bad pivots.</summary>
internal static class Selection
{
    /// <summary>Moves the smallest keys to the front, the largest of them to its last place. O(n) expected, O(n log n) at worst.</summary>
    /// <param name="keys">Distinct keys.</param>
    /// <param name="count">How many, 1 to the number of keys.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Smallest(Span<ulong> keys, int count)
    {
        int low = 0, high = keys.Length - 1, last = count - 1;
        int patience = 2 * (BitOperations.Log2((uint)keys.Length) + 2);
        while (low < high)
        {
            if (patience-- == 0)
            {
                keys[low..(high + 1)].Sort();
                return;
            }

            int border = Partition(keys, low, high);
            if (border == last) return;
            if (border > last) high = border - 1;
            else low = border + 1;
        }
    }

    /// <summary>Moves what is smaller than a pivot before it; returns the pivot's place. Without a branch on a key, since half of them would be guessed wrongly.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Partition(Span<ulong> keys, int low, int high)
    {
        int middle = low + ((high - low) / 2), border = low;
        if (keys[middle] < keys[low]) Swap(ref keys[middle], ref keys[low]);
        if (keys[high] < keys[low]) Swap(ref keys[high], ref keys[low]);
        if (keys[middle] < keys[high]) Swap(ref keys[middle], ref keys[high]); // the median is the last now
        ulong pivot = keys[high];
        for (int i = low; i < high; i++)
        {
            ulong key = keys[i];
            keys[i] = keys[border];
            keys[border] = key;
            border += key < pivot ? 1 : 0;
        }

        Swap(ref keys[high], ref keys[border]);
        return border;
    }

    private static void Swap(ref ulong a, ref ulong b) => (a, b) = (b, a);
}
