namespace LineRec.Retrieval.Faiss.Tests;

/// <summary>Runs while no other test does: it looks at the process's memory.</summary>
[CollectionDefinition(nameof(FaissLeakTests), DisableParallelization = true)]
[Collection(nameof(FaissLeakTests))]
public class FaissLeakTests
{
    [Fact]
    public void Many_searches_leave_no_memory_behind()
    {
        using var vectors = new NpyMatrix<float>(Points.Random(200, 4, 1), 4);
        using var index = FaissIndex.Build(vectors, "IVF4,Flat");
        var eligible = new RowSet(200, Enumerable.Range(0, 200).Where(r => r % 2 == 0));
        float[] query = Points.Random(1, 4, 2);
        var (rows, scores) = (new int[5], new float[5]);
        void Search(int times)
        {
            for (int i = 0; i < times; i++) index.Search(query, rows, scores, i % 2 == 0 ? eligible : null);
        }

        Search(20_000);
        long before = Resident();
        Search(200_000);

        // 50 bytes lost a search would be 10 MB.
        Assert.InRange(Resident() - before, long.MinValue, 8 << 20);
    }

    private static long Resident()
    {
        GC.Collect();
        return Environment.WorkingSet;
    }
}
