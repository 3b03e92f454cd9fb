namespace LineRec.Retrieval.Faiss.Tests;

public class FaissLifetimeTests
{
    private const int Dimension = 8;

    [Theory]
    [InlineData("Flat")]
    [InlineData("HNSW16")]
    [InlineData("IVF10,PQ8x4fs,RFlat")]
    public async Task Disposing_while_others_search_lets_them_end(string factory)
    {
        float[] values = Points.Random(1_000, Dimension, 1), query = Points.Random(1, Dimension, 2);
        using var vectors = new NpyMatrix<float>(values, Dimension);
        var eligible = new RowSet(1_000, Enumerable.Range(0, 500));
        for (int round = 0; round < 6; round++)
        {
            using var index = FaissIndex.Build(vectors, factory);
            var expected = Points.Find(index, query, 10);
            using var begun = new CountdownEvent(3);
            var searching = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
            {
                begun.Signal();
                for (int i = 0; ; i++)
                {
                    try
                    {
                        if (i % 2 == 0) Assert.Equal(expected, Points.Find(index, query, 10));
                        else Assert.Equal(10, Points.Find(index, query, 10, eligible).Length);
                    }
                    catch (ObjectDisposedException)
                    {
                        return;
                    }
                }
            })).ToArray();
            begun.Wait(TestContext.Current.CancellationToken);
            index.Dispose();
            await Task.WhenAll(searching);
        }
    }

    [Fact]
    public async Task Searches_beside_changes_see_whole_vectors()
    {
        using var index = FaissIndex.Create("Flat", Dimension);
        index.Add(new float[Dimension]);
        using var done = new CancellationTokenSource();
        var searching = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            float[] ones = [.. Enumerable.Repeat(1f, Dimension)];
            while (!done.IsCancellationRequested)
            {
                // A vector is all of one number, so a score that isn't eight times a whole number was torn.
                foreach (var (_, score) in Points.Find(index, ones, 5)) Assert.Equal(0, score % Dimension);
            }
        })).ToArray();
        for (int i = 1; i < 2_000; i++)
        {
            index.Set(i % 50, [.. Enumerable.Repeat((float)i, Dimension)]);
            if (i % 3 == 0) index.Remove((i + 7) % 50);
        }

        await done.CancelAsync();
        await Task.WhenAll(searching);
    }

    [Fact]
    public void A_disposed_index_says_so()
    {
        var index = FaissIndex.Create("Flat", 2);
        index.Dispose();
        index.Dispose();
        Assert.Throws<ObjectDisposedException>(() => index.Search([1f, 2f], new int[1], new float[1]));
        Assert.Throws<ObjectDisposedException>(() => index.Add([1f, 2f]));
        Assert.Throws<ObjectDisposedException>(() => index.Save("nothing"));
    }
}
