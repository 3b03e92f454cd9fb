using LineRec.MiniLm;
using LineRec.Onnx;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LineRec.Docs.Tests.Snippets;

/// <summary>What the page of LineRec.Onnx shows of texts, with a real model.</summary>
[Collection(nameof(ShopFolder))]
public class TextSnippets
{
    private static readonly string[] Titles = ["Breathable running shoes", "Electric kettle, stainless steel", "Silicone phone case", "Toy train"];

    [Fact]
    public async Task Titles_are_embedded_and_found_by_meaning()
    {
        Assert.SkipWhen(MiniLmFiles.Missing is not null, MiniLmFiles.Missing ?? "");
        Directory.CreateDirectory("models");
        foreach (string file in new[] { MiniLmFiles.Model, MiniLmFiles.Vocabulary }) File.Copy(file, Path.Combine("models", Path.GetFileName(file)), overwrite: true);
        var catalog = new Catalog(["a", "b", "c", "d"], [TextColumn.Encode(CatalogColumns.Title, Titles)]);
        using var bundle = BundleWriter.Create("bundles/titles", "1");
        bundle.WriteCatalog(catalog);
        var builder = Host.CreateApplicationBuilder();

        #region text-table
        using var encoder = BertTextEncoder.Load("models/model.onnx", "models/vocab.txt", new() { ThreadCount = Environment.ProcessorCount });
        using var cache = TextEmbeddingCache.Open("titles.cache", encoder.Dimension);
        if (cache.Damage is { } damage) Console.WriteLine(damage);

        var report = TextTable.Write(bundle.PathOf("title_vectors.npy"), encoder, catalog.Title!, cache);
        Console.WriteLine($"{report.Encoded} new titles encoded, {report.Cached} taken from the cache");
        #endregion

        bundle.Publish();

        #region text-search
        builder.Services.AddLineRec(o => o.Bundle = "bundles/titles")
            .UseBertTextEncoder("models/model.onnx", "models/vocab.txt")                     // embeds queries; the bundle's title_vectors.npy the titles
            .AddPlacement("search", p => p.Retrieve(r => r.Search(400)).Take(50));           // "sneakers" finds running shoes
        #endregion

        Assert.Equal(4, report.Encoded);
        using var host = builder.Build();
        await host.StartAsync();
        var slate = await host.Services.GetRequiredService<Recommender>().RecommendAsync(new() { Placement = "search", Query = "sneakers", Take = 2 });
        Assert.Equal("a", slate.Items[0].ItemId);
        Assert.Empty(slate.Degradations);
        await host.StopAsync();
    }
}
