using System.Numerics.Tensors;

namespace LineRec.Training;

/// <summary>The standardisation of each input of a ranker; null for an input that it doesn't have.</summary>
internal sealed record RankerScales(FeatureScale? User, FeatureScale? Embedding, FeatureScale? Item, FeatureScale? Cross, FeatureScale? Product, int ProductOffset)
{
    private const int MostProducts = 200_000; // the moments of products are estimated on so many candidates

    /// <summary>Fits the scales.</summary>
    /// <param name="examples">The examples.</param>
    /// <param name="groups">The groups that may be looked at; items count all, as their features are known beforehand.</param>
    /// <param name="options">Where the product's vector is.</param>
    /// <exception cref="ArgumentException">There is no input at all, or the product needs what isn't there.</exception>
    public static RankerScales Fit(RankingExamples examples, IReadOnlyList<int> groups, RankerOptions options)
    {
        if (examples.User is null && examples.Cross is null && examples.ItemFeatures is null && examples.ItemEmbeddings is null)
            throw new ArgumentException("RankingExamples has no User, Cross, ItemFeatures or ItemEmbeddings; a ranker needs at least one of them.");
        FeatureScale? product = null;
        if (options.UserVectorOffset is { } offset)
        {
            if (examples.User is not { } user || examples.ItemEmbeddings is not { } table)
                throw new ArgumentException("RankerOptions.UserVectorOffset multiplies a part of the user block with the item's embedding; RankingExamples.User and ItemEmbeddings are needed for it.");
            if (offset + table.Columns > user.Columns)
                throw new ArgumentException($"RankerOptions.UserVectorOffset is {offset}: a vector of {table.Columns} values doesn't fit into a user block of {user.Columns} from there.");
            product = FeatureScale.Fit(Products(examples, groups, offset), table.Columns, "products of user vector and embedding");
        }

        return new RankerScales(
            examples.User is { } u ? FeatureScale.Fit(Rows(u, groups), u.Columns, "user block") : null,
            examples.ItemEmbeddings is { } e ? FeatureScale.Fit(e.Slice(0, e.Rows), e.Columns, "item embeddings") : null,
            examples.ItemFeatures is { } i ? FeatureScale.Fit(i.Slice(0, i.Rows), i.Columns, "item features") : null,
            examples.Cross is { } c ? FeatureScale.Fit(Rows(c, Candidates(examples, groups)), c.Columns, "cross block") : null,
            product,
            options.UserVectorOffset ?? 0);
    }

    private static IEnumerable<int> Candidates(RankingExamples examples, IReadOnlyList<int> groups) =>
        groups.SelectMany(g => Enumerable.Range(examples.GroupOffsets[g], examples.GroupOffsets[g + 1] - examples.GroupOffsets[g]));

    private static float[] Rows(NpyMatrix<float> matrix, IEnumerable<int> rows)
    {
        int[] wanted = [.. rows];
        var values = new float[checked(wanted.Length * matrix.Columns)];
        for (int i = 0; i < wanted.Length; i++) matrix[wanted[i]].CopyTo(values.AsSpan(i * matrix.Columns));
        return values;
    }

    private static float[] Products(RankingExamples examples, IReadOnlyList<int> groups, int offset)
    {
        int width = examples.ItemEmbeddings!.Columns, written = 0;
        int step = Math.Max(1, groups.Sum(g => examples.GroupOffsets[g + 1] - examples.GroupOffsets[g]) / MostProducts);
        var values = new List<float>();
        foreach (int group in groups)
        {
            var vector = examples.User![group].Slice(offset, width);
            for (int at = examples.GroupOffsets[group]; at < examples.GroupOffsets[group + 1]; at++)
            {
                if (written++ % step != 0) continue;
                var product = new float[width];
                TensorPrimitives.Multiply(vector, examples.ItemEmbeddings[examples.ItemRows[at]], product);
                values.AddRange(product);
            }
        }

        return [.. values];
    }
}
