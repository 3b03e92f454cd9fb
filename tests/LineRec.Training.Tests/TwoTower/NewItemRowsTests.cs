using System.Numerics.Tensors;

namespace LineRec.Training.Tests;

public sealed class NewItemRowsTests
{
    private const int Known = 160, All = 480;
    private static readonly TwoTowerOptions Quick = new() { Dimension = 16, Epochs = 4, BatchSize = 256, CategoryDimension = 0, RetrainOnAll = false };

    [Fact]
    public void New_items_find_the_users_of_what_they_are_and_known_ones_stay()
    {
        const int top = 40; // of a user's group are an eighth of the new items: a random 40 of 320 holds 5 of its 40
        var events = TasteLog.Events(items: Known);
        using var model = new TwoTowerTrainer(Quick).Train(events, TasteLog.Catalog(All));
        float[] rows = model.ItemTable.Slice(0, Known).ToArray(), vectors = model.ItemVectors.Slice(0, Known).ToArray();
        using var attributes = Groups(All);
        var report = model.PlaceNewItems(attributes);

        Assert.Equal(All - Known, report.Placed);
        Assert.InRange(report.Explained, 0.1, 1);
        Assert.Equal(rows, model.ItemTable.Slice(0, Known));
        Assert.Equal(vectors, model.ItemVectors.Slice(0, Known));
        using var users = model.EncodeUsers(events);
        int hits = 0;
        for (int user = 0; user < events.UserCount; user++)
        {
            var best = Enumerable.Range(Known, All - Known).OrderByDescending(i => TensorPrimitives.Dot(users[user], model.ItemVectors[i])).Take(top);
            hits += best.Count(i => i % TasteLog.Groups == user % TasteLog.Groups);
        }

        Assert.True(hits >= 5.0 * events.UserCount * top / TasteLog.Groups, $"{hits} hits");
    }

    [Fact]
    public void What_was_placed_is_not_what_a_later_training_goes_on_from()
    {
        var (events, catalog) = (TasteLog.Events(items: Known), TasteLog.Catalog(All));
        using var model = new TwoTowerTrainer(Quick).Train(events, catalog);
        using var without = new TwoTowerTrainer(Quick).Continue(model.State, events, catalog);
        using var attributes = Groups(All);
        model.PlaceNewItems(attributes);
        using var with = new TwoTowerTrainer(Quick).Continue(model.State, events, catalog);
        Assert.Equal(without.ItemTable.Slice(0, All), with.ItemTable.Slice(0, All));
        Assert.Equal(All - Known, with.PlaceNewItems(attributes).Placed);
    }

    [Fact]
    public void A_later_call_takes_the_place_of_an_earlier_one_and_the_files_have_it()
    {
        string folder = Directory.CreateTempSubdirectory("linerec-new-items-").FullName;
        try
        {
            using var model = new TwoTowerTrainer(Quick).Train(TasteLog.Events(items: Known), TasteLog.Catalog(All));
            using NpyMatrix<float> attributes = Groups(All), others = TasteLog.Features(All);
            model.PlaceNewItems(attributes);
            float[] first = model.ItemTable.Slice(0, All).ToArray();
            model.PlaceNewItems(others);
            Assert.NotEqual(first, model.ItemTable.Slice(0, All).ToArray());
            model.PlaceNewItems(attributes);
            Assert.Equal(first, model.ItemTable.Slice(0, All)); // to the bit
            model.Export(folder, "");
            using NpyMatrix<float> table = NpyMatrix<float>.Open(Path.Combine(folder, "tables/item.npy")), vectors = NpyMatrix<float>.Open(Path.Combine(folder, "items.npy"));
            Assert.Equal(first, table.Slice(0, All));
            Assert.All(Enumerable.Range(Known, All - Known), i => Assert.InRange(TensorPrimitives.Norm(vectors[i]), 0.999f, 1.001f));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Rows_that_are_linear_in_the_attributes_are_found()
    {
        var random = new Random(3);
        var table = new EmbeddingTable(300, 4, random, 0);
        float[] attributes = Gaussian.Draw(random, 300 * 3, 2);
        for (int item = 0; item < 300; item++)
        {
            var own = attributes.AsSpan(item * 3, 3);
            float[] row = [1 + own[0], own[1] - own[2], 0.5f * own[2], -3];
            if (item < 250) row.CopyTo(table[item]);
        }

        using var matrix = new NpyMatrix<float>(attributes, 3);
        var report = new NewItemRows([table], [.. Enumerable.Range(0, 300).Select(i => i < 250 ? 1000 : 0)]).Place(matrix);
        Assert.InRange(report.Explained, 0.99, 1);
        for (int item = 250; item < 300; item++)
        {
            var own = matrix[item];
            float[] expected = [1 + own[0], own[1] - own[2], 0.5f * own[2], -3];
            Assert.InRange(TensorPrimitives.Distance<float>(expected, table[item]), 0, 0.1f * TensorPrimitives.Norm<float>(expected)); // the penalty draws towards the mean
        }
    }

    [Fact]
    public void Attributes_that_tell_nothing_explain_nothing_and_place_at_the_mean()
    {
        var random = new Random(4);
        var table = new EmbeddingTable(220, 64, random, 1);
        for (int item = 200; item < 220; item++) table[item].Clear();
        using var noise = new NpyMatrix<float>(Gaussian.Draw(random, 220 * 5, 1), 5);
        var report = new NewItemRows([table], [.. Enumerable.Range(0, 220).Select(i => i < 200 ? 10 : 0)]).Place(noise);
        Assert.InRange(report.Explained, -0.05, 0.01);
        float[] mean = [.. Enumerable.Range(0, 64).Select(k => Enumerable.Range(0, 200).Average(i => table[i][k]))];
        for (int item = 200; item < 220; item++) Assert.InRange(TensorPrimitives.Distance<float>(mean, table[item]), 0, 0.5f); // a row of its own would be 8 away
    }

    [Fact]
    public void Attributes_of_another_catalog_infinite_ones_and_too_few_items_are_refused()
    {
        using var model = new TwoTowerTrainer(Quick).Train(TasteLog.Events(), TasteLog.Catalog());
        using var few = new NpyMatrix<float>(new float[30], 3);
        Assert.Contains("10 rows, the catalog 160", Assert.Throws<ArgumentException>(() => model.PlaceNewItems(few)).Message, StringComparison.Ordinal);
        float[] values = new float[160];
        values[7] = float.PositiveInfinity;
        using var infinite = new NpyMatrix<float>(values, 1);
        Assert.Contains("Row 7 of the attributes", Assert.Throws<ArgumentException>(() => model.PlaceNewItems(infinite)).Message, StringComparison.Ordinal);

        var events = TasteLog.Single((1, EventType.Click, 1), (2, EventType.Click, 2), (3, EventType.Click, 3));
        using var small = new TwoTowerTrainer(Quick).Train(events, TasteLog.Catalog());
        using var attributes = Groups(160);
        Assert.Contains("items were a positive", Assert.Throws<InvalidOperationException>(() => small.PlaceNewItems(attributes)).Message, StringComparison.Ordinal);
    }

    private static NpyMatrix<float> Groups(int items)
    {
        var values = new float[items * TasteLog.Groups];
        for (int i = 0; i < items; i++) values[(i * TasteLog.Groups) + (i % TasteLog.Groups)] = i % 11 == 0 ? float.NaN : 1f;
        return new NpyMatrix<float>(values, TasteLog.Groups);
    }
}
