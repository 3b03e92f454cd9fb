using LineRec.Retrieval;
using LineRec.Retrieval.Faiss;
using Microsoft.Extensions.DependencyInjection;

namespace LineRec.Docs.Tests.Snippets;

public class FaissSnippets
{
    [Fact]
    public void The_index_of_the_page_finds_what_it_is_asked_for()
    {
        var random = new Random(1);
        using var vectors = new NpyMatrix<float>([.. Enumerable.Range(0, 2_000 * 16).Select(_ => random.NextSingle() - 0.5f)], 16);
        float[] query = vectors[7].ToArray();
        string path = Path.GetTempFileName();
        try
        {
            #region faiss-index
            using var index = FaissIndex.Build(vectors, "IVF16,Flat", VectorMetric.Cosine);   // any description of FAISS's factory
            index.SetParameter("nprobe", 4);                                                 // its search parameters, by FAISS's names

            var (rows, scores) = (new int[10], new float[10]);
            int found = index.Search(query, rows, scores);
            int amongFew = index.Search(query, rows, scores, new RowSet(vectors.Rows, [7, 11, 1_500]));

            index.Save(path);
            using var again = FaissIndex.Load(path);
            #endregion

            Assert.Equal((10, 3, 7), (found, amongFew, rows[0]));
            Assert.Equal(2_000, again.Count);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void The_two_tower_of_the_page_is_a_pipeline()
    {
        var services = new ServiceCollection();

        #region faiss-two-tower
        services.AddLineRec(o => o.Bundle = "bundles/shop")
            .AddPlacement("home", p => p.Retrieve(r => r.TwoTower(400, new TwoTowerOptions { Index = vectors => FaissIndex.Build(vectors, "HNSW32") })));
        #endregion

        Assert.NotEmpty(services);
    }
}
