using CsCheck;

namespace LineRec.Retrieval.Faiss.Tests;

public class FaissUpdateTests
{
    private const int Dimension = 6;

    private static readonly float[] Few = [-1f, 0f, 0.5f, 1f, float.NaN, 2f, 3f];

    [Theory]
    [InlineData(VectorMetric.InnerProduct)]
    [InlineData(VectorMetric.Cosine)]
    [InlineData(VectorMetric.L2)]
    public void Any_sequence_of_changes_answers_as_a_dictionary_does(VectorMetric metric)
    {
        // Few values of few kinds: ties, zeros and NaN are common.
        var vector = Gen.Int[0, Few.Length - 1].Select(i => Few[i]).Array[Dimension];
        var change = Gen.Select(Gen.Int[0, 5], Gen.Int[0, 40], vector, Gen.Bool);
        Gen.Select(change.Array[0, 60], vector).Sample((changes, query) =>
        {
            using var index = FaissIndex.Create("Flat", Dimension, metric);
            var model = new Dictionary<int, float[]>();
            int next = 0;
            foreach (var (kind, row, values, save) in changes)
            {
                switch (kind)
                {
                    case 0 or 1:
                        index.Set(row, values);
                        (model[row], next) = (values, Math.Max(next, row + 1));
                        break;
                    case 2:
                        Assert.Equal(model.Remove(row), index.Remove(row));
                        break;
                    default:
                        index.Add(values);
                        model[next++] = values;
                        break;
                }
            }

            Check(index, model, query, metric, null);
            Check(index, model, query, metric, new RowSet(60, Enumerable.Range(0, 60).Where(r => r % 3 != 0)));
            string path = Path.GetTempFileName();
            index.Save(path);
            using var again = FaissIndex.Load(path);
            File.Delete(path);
            Check(again, model, query, metric, null);
        }, iter: 200);
    }

    [Theory]
    [InlineData("HNSW16")]
    [InlineData("IVF10,SQ8")]
    [InlineData("IVF10,PQ8x4fs,RFlat")]
    [InlineData("PCAR8,PQ4x4")]
    public void An_index_that_FAISS_cannot_change_takes_changes(string factory)
    {
        float[] values = Points.Random(1_000, 16, 1), target = [.. Enumerable.Repeat(2f, 16)];
        using var vectors = new NpyMatrix<float>(values, 16);
        using var index = FaissIndex.Build(vectors, factory);

        index.Set(500, target);
        index.Set(2_000, target);
        index.Remove(3);

        Assert.Equal(1_000, index.Count);
        Assert.Equal([500, 2_000], Points.Find(index, target, 2).Select(f => f.Row).Order());
        Assert.Equal([.. Enumerable.Range(0, 1_000).Except([3]), 2_000], Points.Find(index, target, 3_000).Select(f => f.Row).Order());
        Assert.False(index.Remove(3));
    }

    [Fact]
    public void Vectors_are_added_after_the_last_row_that_ever_was()
    {
        using var index = FaissIndex.Create("Flat", 1);
        index.Add([1f, 2f, 3f]);
        index.Remove(2);
        index.Add([4f]);
        Assert.Equal([3, 1, 0], Points.Find(index, [1f], 9).Select(f => f.Row));
    }

    private static void Check(FaissIndex index, Dictionary<int, float[]> model, float[] query, VectorMetric metric, RowSet? eligible)
    {
        var best = Points.Best(model.Select(m => (m.Key, m.Value)).Where(m => eligible is null || eligible.Contains(m.Key)), query, 10, metric);
        var found = Points.Find(index, query, 10, eligible);
        Assert.Equal(model.Count, index.Count);
        Assert.Equal(best.Length, found.Length);
        Assert.All(best.Zip(found), p => Assert.Equal(p.First.Score, p.Second.Score, 1e-5));
        // Cosines of vectors that aren't equal may tie in double precision and not in single.
        if (metric != VectorMetric.Cosine) Assert.Equal(best.Select(b => b.Row), found.Select(f => f.Row));
    }
}
