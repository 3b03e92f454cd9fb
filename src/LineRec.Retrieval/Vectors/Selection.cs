using System.Numerics;

namespace LineRec.Retrieval;

/// <summary>Quickselect: C. A. R. Hoare, "Algorithm 65: Find", CACM 4 (1961), with a sort as the way out of bad pivots.</summary>
internal static class Selection
{
    /// <summary>Moves the smallest keys to the front, the largest of them to its last place. O(n) expected, O(n log n) at worst.</summary>
    /// <param name="keys">Distinct keys.</param>
    /// <param name="count">How many, 1 to the number of keys.</param>
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

            ulong pivot = Median(keys[low], keys[low + ((high - low) / 2)], keys[high]);
            int i = low, j = high;
            while (i <= j)
            {
                while (keys[i] < pivot) i++;
                while (keys[j] > pivot) j--;
                if (i > j) break;
                (keys[i], keys[j]) = (keys[j], keys[i]);
                i++;
                j--;
            }

            if (last <= j) high = j;
            else if (last >= i) low = i;
            else return;
        }
    }

    private static ulong Median(ulong a, ulong b, ulong c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
