using System.Numerics;

namespace LineRec.Retrieval;

/// <summary>Scores eligible vectors one by one: what is cheapest where few are eligible, and right for every query.</summary>
internal static unsafe class IvfDirect
{
    /// <summary>How many codes are scanned in the time in which one vector anywhere in memory is scored.</summary>
    private const int CodesAVector = 24;

    /// <summary>Whether that is cheaper than a scan of so many codes.</summary>
    public static bool IsCheaper(IvfQuery query, float codes) => query.Eligible is not null && (float)query.Eligible.Count * CodesAVector <= codes;

    /// <summary>Offers every eligible vector of the immutable part that is coded. O(eligible × dimension + rows / 64).</summary>
    public static void Score(IvfQuery query)
    {
        if (query.Eligible is null)
        {
            for (int place = 0; place < query.Data.Header->Count; place++) Offer(query, query.Data.Ids[place]);
            return;
        }

        // The rows that aren't coded are offered by the caller, so they are left out: they are in ascending order, as the eligible ones are.
        int rows = query.State.Vectors.Rows, odd = 0, odds = query.Data.Header->OddRows;
        var words = query.Eligible.Words;
        for (int w = 0; w < words.Length && w << 6 < rows; w++)
        {
            for (ulong word = words[w]; word != 0; word &= word - 1)
            {
                int row = (w << 6) + BitOperations.TrailingZeroCount(word);
                if (row >= rows) return;
                while (odd < odds && query.Data.OddRows[odd] < row) odd++;
                if ((odd == odds || query.Data.OddRows[odd] != row) && query.State.Holds(row)) Offer(query, row);
            }
        }
    }

    private static void Offer(IvfQuery query, int row)
    {
        if (query.IsLive(row)) query.Best.OfferAny(query.Score(row), row);
    }
}
