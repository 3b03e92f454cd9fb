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
            for (int place = 0; place < query.Data.Header->Count; place++)
            {
                int row = query.Data.Ids[place];
                if (query.IsLive(row)) query.Best.OfferAny(query.Score(row), row);
            }

            return;
        }

        int odd = 0;
        var reader = new RowSetReader(query.Eligible, 0, query.State.Vectors.Rows);
        Span<int> rows = stackalloc int[RowSetReader.Chunk];
        while (reader.Read(rows) is int count and > 0) query.Take(rows[..KeepCoded(query, rows[..count], ref odd)]);
    }

    /// <summary>Keeps the rows that are coded and live, in order; returns how many. Those that aren't coded are offered by the caller; they are in ascending order, as the rows are.</summary>
    private static int KeepCoded(IvfQuery query, Span<int> rows, ref int odd)
    {
        int odds = query.Data.Header->OddRows, kept = 0;
        if (odds == 0 && query.State.HoldsAll && query.State.RemovedAt is null) return rows.Length;
        foreach (int row in rows)
        {
            while (odd < odds && query.Data.OddRows[odd] < row) odd++;
            if ((odd == odds || query.Data.OddRows[odd] != row) && query.State.Holds(row) && query.IsLive(row)) rows[kept++] = row;
        }

        return kept;
    }
}
