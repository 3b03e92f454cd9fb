using System.Collections.Concurrent;
using LineRec.Conformance;

namespace LineRec.Retrieval.Faiss.Tests;

public class FaissFilterTests
{
    private const int Count = 3_000, Dimension = 16;

    private static readonly ConcurrentDictionary<string, FaissIndex> Built = new();

    private static readonly float[] Values = Points.Random(Count, Dimension, seed: 1);

    public static TheoryData<string, int> KindsAndSelectivities
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (string factory in Points.Factories)
            {
                foreach (int one in (int[])[1, 2, 10, 100, 1_000, 3_000]) data.Add(factory, one);
            }

            return data;
        }
    }

    public static TheoryData<string> Kinds => [.. Points.Factories];

    [Theory]
    [MemberData(nameof(KindsAndSelectivities))]
    public void A_filtered_search_finds_k_eligible_rows_wherever_so_many_are(string factory, int oneIn)
    {
        var index = Build(factory);
        var eligible = new RowSet(Count, Enumerable.Range(0, Count).Where(row => row % oneIn == oneIn / 2));
        foreach (int seed in (int[])[11, 12, 13])
        {
            var found = Points.Find(index, Points.Random(1, Dimension, seed), 20, eligible);

            Assert.Equal(Math.Min(20, eligible.Count), found.Length);
            Assert.All(found, f => Assert.True(eligible.Contains(f.Row)));
            Assert.Equal(found.Length, found.Select(f => f.Row).Distinct().Count());
            Assert.Equal(found.OrderByDescending(f => f.Score).ThenBy(f => f.Row), found);
        }
    }

    [Theory]
    [InlineData("Flat", 1.0)]
    [InlineData("IDMap,Flat", 1.0)]
    [InlineData("HNSW16", 0.9)]
    [InlineData("IVF20,Flat", 0.6)]
    [InlineData("IVF20,PQ16x4fs,RFlat", 0.6)]
    public void What_it_finds_is_the_best_of_the_eligible(string factory, double floor)
    {
        using var index = New(factory);
        if (factory.Contains("IVF", StringComparison.Ordinal)) index.SetParameter("nprobe", 10);
        int hits = 0, wanted = 0;
        foreach (int oneIn in (int[])[2, 10, 100])
        {
            var eligible = new RowSet(Count, Enumerable.Range(0, Count).Where(row => row % oneIn == 0));
            for (int seed = 0; seed < 10; seed++)
            {
                float[] query = Points.Random(1, Dimension, 100 + seed);
                var best = Points.Best(Points.Rows(Values, Dimension).Where(v => eligible.Contains(v.Row)), query, 20, VectorMetric.InnerProduct).Select(b => b.Row);
                hits += Points.Find(index, query, 20, eligible).Select(f => f.Row).Intersect(best).Count();
                wanted += 20;
            }
        }

        Assert.True(hits >= floor * wanted, $"{hits} of {wanted} found");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Nothing_is_found_where_nothing_is_eligible(string factory)
    {
        var index = Build(factory);
        Assert.Empty(Points.Find(index, Points.Random(1, Dimension, 3), 5, new RowSet(Count)));
        Assert.Empty(Points.Find(index, Points.Random(1, Dimension, 3), 5, new RowSet(Count + 500, [Count + 7])));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_k_over_the_count_finds_every_row(string factory)
    {
        var index = Build(factory);
        Assert.Equal(Enumerable.Range(0, Count), Points.Find(index, Points.Random(1, Dimension, 3), Count + 10).Select(f => f.Row).Order());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_batch_answers_what_single_searches_do(string factory)
    {
        var index = Build(factory);
        const int Queries = 25, K = 15;
        float[] queries = Points.Random(Queries, Dimension, 5);
        queries[3 * Dimension] = float.NaN;
        foreach (var eligible in (RowSet?[])[null, new RowSet(Count, Enumerable.Range(0, Count).Where(row => row % 3 == 0)), new RowSet(Count, [4, 1_000, 2_999])])
        {
            var (rows, scores) = (new int[Queries * K], new float[Queries * K]);
            index.SearchBatch(queries, K, rows, scores, eligible);
            for (int i = 0; i < Queries; i++)
            {
                var alone = Points.Find(index, queries[(i * Dimension)..((i + 1) * Dimension)], K, eligible);
                Assert.Equal(alone.Select(a => a.Row), rows.Skip(i * K).Take(alone.Length));
                Assert.All(alone.Zip(scores.Skip(i * K)), p => Assert.Equal(p.First.Score, p.Second, 1e-5f));
                Assert.All(rows.Skip((i * K) + alone.Length).Take(K - alone.Length), row => Assert.Equal(-1, row));
                Assert.All(scores.Skip((i * K) + alone.Length).Take(K - alone.Length), score => Assert.True(float.IsNaN(score)));
            }
        }
    }

    [Theory]
    [InlineData("Flat")]
    [InlineData("HNSW16")]
    [InlineData("IVF20,SQ8")]
    [InlineData("IVF20,PQ8x4fs,RFlat")]
    public void A_warm_filtered_search_allocates_nothing(string factory)
    {
        var index = Build(factory);
        var eligible = new RowSet(Count, Enumerable.Range(0, Count).Where(row => row % 2 == 0));
        float[] query = Points.Random(1, Dimension, 6);
        var (rows, scores) = (new int[20], new float[20]);
        Assert.Equal(0, Measure.AllocatedBytes(() => index.Search(query, rows, scores, eligible)));
    }

    // One of a kind: no test changes it.
    private static FaissIndex Build(string factory) => Built.GetOrAdd(factory, New);

    private static FaissIndex New(string factory)
    {
        using var vectors = new NpyMatrix<float>(Values, Dimension);
        return FaissIndex.Build(vectors, factory, factory == "LSH" ? VectorMetric.L2 : VectorMetric.InnerProduct); // FAISS has LSH for L2 alone
    }
}
