using CsCheck;

namespace LineRec.Abstractions.Tests.Candidates;

public sealed class CandidateTableTests
{
    private static readonly Gen<float> Scores = Gen.Frequency((8, Gen.Float[-3f, 3f]), (1, Gen.Const(float.NaN)), (1, Gen.OneOf(Gen.Const(0f), Gen.Const(-0f), Gen.Const(float.PositiveInfinity), Gen.Const(float.NegativeInfinity), Gen.Const(float.Epsilon))));

    private static CandidateTable Fill(float[] scores)
    {
        var table = new CandidateTable(["a", "b"]);
        for (int i = 0; i < scores.Length; i++)
        {
            int index = table.Add((i * 7919) % 10007, scores[i], 0);
            table.AddOrigin(index, i % 2, i);
        }

        return table;
    }

    [Fact]
    public void Sorting_equals_the_order_by_definition_and_columns_stay_together() => Scores.Array[0, 300].Sample(scores =>
    {
        var table = Fill(scores);
        var expected = scores.Select((s, i) => (Score: s, Row: (i * 7919) % 10007, Number: (float)i))
            .OrderBy(c => float.IsNaN(c.Score)).ThenByDescending(c => c.Score).ThenBy(c => c.Row).ToArray();
        Assert.Equal(scores.Count(float.IsNaN), table.Sort());
        Assert.Equal(expected.Select(e => e.Row), table.Rows.ToArray());
        for (int i = 0; i < expected.Length; i++)
        {
            int source = (int)expected[i].Number % 2;
            Assert.Equal(expected[i].Number, table.SourceScores(source)[i]);
            Assert.True(float.IsNaN(table.SourceScores(1 - source)[i]));
            Assert.Equal(1ul << source, table.Origins[i]);
        }
    });

    [Fact]
    public void Dropping_the_removed_keeps_the_order_of_the_rest() => Gen.Bool.Array[0, 200].Sample(removed =>
    {
        var table = Fill(new float[removed.Length]);
        int[] rows = table.Rows.ToArray();
        for (int i = 0; i < removed.Length; i++)
        {
            if (!removed[i]) continue;
            table.Remove(i);
            table.Remove(i);
        }

        Assert.Equal(removed.Count(r => r), table.RemovedCount);
        table.DropRemoved();
        Assert.Equal(rows.Where((_, i) => !removed[i]), table.Rows.ToArray());
        Assert.Equal(0, table.RemovedCount);
    });

    [Fact]
    public void Reordering_takes_the_named_and_refuses_doubles_without_harm()
    {
        var table = Fill([1f, 2f, 3f]);
        int[] rows = table.Rows.ToArray();
        Assert.Throws<ArgumentException>(() => table.Reorder([0, 0]));
        Assert.Throws<ArgumentException>(() => table.Reorder([3]));
        Assert.Throws<ArgumentException>(() => table.Reorder([0, 1, 2, 0]));
        Assert.Equal(rows, table.Rows.ToArray());
        table.Reorder([2, 0]);
        Assert.Equal([rows[2], rows[0]], table.Rows.ToArray());
    }

    [Fact]
    public void Marks_go_with_their_candidates_wherever_these_are_moved() => Gen.Select(Gen.Bool.Array[1, 100], Gen.Int[0, 3]).Sample((marked, move) =>
    {
        var table = Fill([.. marked.Select((_, i) => (i * 31) % 17f)]);
        var rows = new HashSet<int>();
        for (int i = 0; i < marked.Length; i++)
        {
            if (!marked[i]) continue;
            table.Remove(i);
            rows.Add(table.Rows[i]);
        }

        if (move == 0) table.Sort();
        if (move == 1) table.Reorder([.. Enumerable.Range(0, table.Count).Reverse().Where(i => i % 3 > 0)]);
        if (move == 2) table.Truncate(table.Count / 2);
        Assert.Equal(table.Rows.ToArray().Count(rows.Contains), table.RemovedCount);
        for (int i = 0; i < table.Count; i++) Assert.Equal(rows.Contains(table.Rows[i]), table.IsRemoved(i));
        int[] kept = [.. table.Rows.ToArray().Where(r => !rows.Contains(r))];
        table.DropRemoved();
        Assert.Equal(kept, table.Rows.ToArray());
        while (table.Count < 100) table.Add(20_000 + table.Count, 0f, 0);
        table.Reorder([.. Enumerable.Range(0, table.Count)]);
    });

    [Fact]
    public void A_copy_is_whole_and_independent()
    {
        var (table, copy) = (Fill([1f, 2f, 3f]), new CandidateTable(["a", "b"]));
        table.Remove(1);
        copy.CopyFrom(table);
        table.DropRemoved();
        table.Scores.Fill(9f);
        Assert.Equal(3, copy.Count);
        Assert.True(copy.IsRemoved(1));
        Assert.Equal([1f, 2f, 3f], copy.Scores.ToArray());
        Assert.Throws<ArgumentException>(() => copy.CopyFrom(new CandidateTable(["a"])));
    }

    [Fact]
    public void More_than_64_sources_are_refused() =>
        Assert.Throws<ArgumentException>(() => new CandidateTable([.. Enumerable.Range(0, 65).Select(i => $"s{i}")]));

    [Fact]
    public void Removing_outside_the_table_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => Fill([1f]).Remove(1));
}
