using System.Runtime.CompilerServices;

namespace LineRec.Retrieval;

/// <summary>Scores eligible vectors one by one: what is cheapest where few are eligible, and right for every query.</summary>
internal static unsafe class IvfDirect
{
    /// <summary>How many codes are scanned in the time in which one vector anywhere in memory is scored.</summary>
    private const int CodesAVector = 14;

    /// <summary>Whether that is cheaper than a scan of so many codes.</summary>
    public static bool IsCheaper(IvfQuery query, float codes) => query.Eligible is not null && (float)query.Eligible.Count * CodesAVector <= codes;

    /// <summary>Offers every eligible vector of the immutable part that is coded. O(eligible × dimension + rows / 64).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Score(IvfQuery query)
    {
        if (query.Eligible is null)
        {
            for (int place = 0; place < query.Data.Header->Count; place++) Offer(query, query.Data.Ids[place]);
            return;
        }

        // The rows that aren't coded are offered by the caller, so they are left out: they are in ascending order, as the eligible ones are.
        int odd = 0, odds = query.Data.Header->OddRows;
        var reader = new RowSetReader(query.Eligible, 0, query.State.Vectors.Rows);
        Span<int> rows = stackalloc int[RowSetReader.Chunk];
        while (reader.Read(rows) is int count and > 0)
        {
            for (int i = 0; i < count; i++)
            {
                int row = rows[i];
                query.Prefetch(rows[Math.Min(i + RowSetReader.Ahead, count - 1)]);
                while (odd < odds && query.Data.OddRows[odd] < row) odd++;
                if ((odd == odds || query.Data.OddRows[odd] != row) && query.State.Holds(row)) Offer(query, row);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Offer(IvfQuery query, int row)
    {
        if (query.IsLive(row)) query.Best.OfferAny(query.Score(row), row);
    }
}
