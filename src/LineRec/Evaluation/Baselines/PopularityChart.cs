namespace LineRec;

/// <summary>All items by how much was done with them: the same list for everybody, less what a case excludes.</summary>
internal sealed class PopularityChart
{
    private readonly int[] _order;

    private PopularityChart(int[] order) => _order = order;

    /// <summary>Counts events.</summary>
    /// <param name="events">The log.</param>
    /// <param name="itemCount">How many items there are.</param>
    /// <param name="weights">How much each type counts.</param>
    /// <param name="perUser">Whether a user counts once an item, with the greatest weight, however often they came.</param>
    /// <param name="from">Events before this instant only break ties.</param>
    public static PopularityChart Count(InteractionTable events, int itemCount, EventWeights weights, bool perUser, DateTimeOffset from)
    {
        long start = from.ToUnixTimeMilliseconds();
        var (inside, overall) = (new double[itemCount], new double[itemCount]);
        var best = new Dictionary<int, float>();
        for (int user = 0; user < events.UserCount; user++)
        {
            best.Clear();
            for (int i = events.Offsets[user]; i < events.Offsets[user + 1]; i++)
            {
                float weight = weights.Of(events.Types[i]);
                int row = events.Rows[i];
                if (weight == 0f || row < 0) continue;
                overall[row] += weight;
                if (events.Times[i] < start) continue;
                if (!perUser) inside[row] += weight;
                else if (best.TryGetValue(row, out float known) is false || known < weight)
                {
                    inside[row] += weight - known;
                    best[row] = weight;
                }
            }
        }

        int[] order = [.. Enumerable.Range(0, itemCount)];
        Array.Sort(order, (x, y) =>
            inside[x] != inside[y] ? inside[y].CompareTo(inside[x]) : overall[x] != overall[y] ? overall[y].CompareTo(overall[x]) : x.CompareTo(y));
        return new PopularityChart(order);
    }

    /// <summary>Fills up a list.</summary>
    /// <param name="question">The case whose excluded rows are left out.</param>
    /// <param name="rows">The list.</param>
    /// <param name="count">How many of it are there already.</param>
    /// <returns>How many are there now.</returns>
    public int Fill(EvaluationCase question, Span<int> rows, int count)
    {
        for (int i = 0; i < _order.Length && count < rows.Length; i++)
        {
            int row = _order[i];
            if (rows[..count].Contains(row) || Array.BinarySearch(question.ExcludedRows, row) >= 0) continue;
            rows[count++] = row;
        }

        return count;
    }
}
