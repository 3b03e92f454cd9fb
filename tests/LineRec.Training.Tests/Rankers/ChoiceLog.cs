using System.Numerics.Tensors;

namespace LineRec.Training.Tests;

/// <summary>Seeded requests whose choices follow a known probability: taste (user vector · item vector), price, and a cross feature.</summary>
internal static class ChoiceLog
{
    public const int Items = 200, Width = 4;

    public static RankingExamples Examples(int groups = 600, int candidates = 12, int seed = 3, bool times = true)
    {
        var random = new Random(seed);
        var table = new NpyMatrix<float>(Gaussian.Draw(new Random(1), Items * Width, 1), Width);
        var features = new NpyMatrix<float>([.. Enumerable.Range(0, Items).SelectMany(i => new[] { 1000f + (i % 7), i % 5, 3f })], 3);
        var (user, cross, rows, labels) = (new float[groups * 6], new float[groups * candidates * 2], new int[groups * candidates], new float[groups * candidates]);
        for (int group = 0; group < groups; group++)
        {
            float[] vector = Gaussian.Draw(random, Width, 1);
            (user[group * 6], user[(group * 6) + 5]) = (random.NextSingle(), 100 * random.NextSingle());
            vector.CopyTo(user, (group * 6) + 1);
            for (int c = 0; c < candidates; c++)
            {
                int at = (group * candidates) + c;
                rows[at] = random.Next(Items);
                cross[at * 2] = random.NextSingle();
                cross[(at * 2) + 1] = at % 13 == 0 ? float.NaN : 50f;
                labels[at] = random.NextSingle() < Truth(vector, table[rows[at]], rows[at], cross[at * 2]) ? 1f : 0f;
            }
        }

        return new RankingExamples
        {
            GroupOffsets = [.. Enumerable.Range(0, groups + 1).Select(g => g * candidates)],
            ItemRows = rows,
            Labels = labels,
            GroupTimes = times ? [.. Enumerable.Range(0, groups).Select(g => (long)g)] : null,
            User = new NpyMatrix<float>(user, 6),
            Cross = new NpyMatrix<float>(cross, 2),
            ItemFeatures = features,
            ItemEmbeddings = table,
        };
    }

    /// <summary>The probabilities that the labels were drawn with.</summary>
    public static float[] Truth(RankingExamples examples) =>
    [
        .. Enumerable.Range(0, examples.GroupCount).SelectMany(g => Enumerable.Range(examples.GroupOffsets[g], examples.GroupOffsets[g + 1] - examples.GroupOffsets[g])
            .Select(at => Truth(examples.User![g].Slice(1, Width), examples.ItemEmbeddings![examples.ItemRows[at]], examples.ItemRows[at], examples.Cross![at][0]))),
    ];

    private static float Truth(ReadOnlySpan<float> user, ReadOnlySpan<float> item, int row, float cross) =>
        1 / (1 + MathF.Exp(2.5f - TensorPrimitives.Dot(user, item) - (2 * cross) + (0.3f * (row % 7))));
}
