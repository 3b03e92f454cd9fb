using LineRec.Retrieval;
using Microsoft.Extensions.DependencyInjection;

namespace LineRec.Docs.Tests.Snippets;

/// <summary>What docs/retrieval.md shows.</summary>
public class VectorIndexSnippets
{
    [Fact]
    public void An_index_is_chosen_tuned_and_watched()
    {
        using var vectors = Random(30_000, 1);
        using var userVectors = Random(200, 2);

        #region auto-index
        using var index = VectorIndex.Auto(vectors, new AutoIndexOptions
        {
            RecallTarget = 0.97f,                              // of the true best 100, 97 on average
            LatencyBudget = TimeSpan.FromMilliseconds(1),      // exact answers where the 99th of 100 searches keeps it
            Queries = userVectors,                             // as they will be asked; one half tunes, the other is reported
            LiveShare = 0.001,                                 // searches done again exactly: linerec.retrieval.recall
        });

        Console.WriteLine(index.Choice);                       // what was chosen, why, and what was measured
        #endregion

        Assert.InRange(index.Choice.Chosen.Recall, 0.9, 1);
        Assert.Equal(100, index.Choice.Queries);
    }

    [Fact]
    public async Task An_index_takes_changes_and_is_saved()
    {
        string folder = Directory.CreateTempSubdirectory("linerec-").FullName;
        using var vectors = Random(5_000, 1);
        float[] query = vectors[3].ToArray();

        #region ivf-index
        using var index = IvfIndex.Build(vectors, new IvfOptions { Probe = new IvfProbe { LeastChance = 0.001f, RefineFactor = 1.5f } });

        var (rows, scores) = (new int[10], new float[10]);
        int found = index.Search(query, rows, scores);                          // as the probe says
        int exact = index.With(IvfProbe.Exact).Search(query, rows, scores);     // the same index, exact

        index.Set(5_000, query);                                                // seen by the next search; nobody waits
        index.Remove(17);
        await index.CompactAsync();                                             // or by itself after CompactAfter changes

        index.Vectors.Save(Path.Combine(folder, "items.npy"));
        index.Save(Path.Combine(folder, "items.ivf"));
        using var saved = NpyMatrix<float>.Open(Path.Combine(folder, "items.npy"));
        using var again = IvfIndex.Open(Path.Combine(folder, "items.ivf"), saved);   // mapped, its checksum verified
        #endregion

        Assert.Equal((10, 10), (found, exact));
        Assert.Equal(5_000, again.Count);
        Assert.Equal(2, again.With(IvfProbe.Exact).Search(query, rows.AsSpan(0, 2), scores.AsSpan(0, 2)));
        Assert.Equal(scores[0], scores[1]);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_retriever_takes_an_index()
    {
        var services = new ServiceCollection();

        #region index-of-two-tower
        services.AddLineRec(o => o.Bundle = "bundles/shop")
            .AddPlacement("home", p => p.Retrieve(r => r.TwoTower(400, new TwoTowerOptions
            {
                Index = vectors => VectorIndex.Auto(vectors, new AutoIndexOptions { K = 400, Name = "home" }),   // without it: exact
            })));
        #endregion

        Assert.NotEmpty(services);
    }

    private static NpyMatrix<float> Random(int count, int seed)
    {
        var random = new Random(seed);
        return new NpyMatrix<float>([.. Enumerable.Range(0, count * 16).Select(_ => random.NextSingle() - 0.5f)], 16);
    }
}
