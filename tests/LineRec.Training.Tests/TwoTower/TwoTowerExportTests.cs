using LineRec.Features;

namespace LineRec.Training.Tests;

public sealed class TwoTowerExportTests
{
    [Theory]
    [InlineData(false, false, 0, SequenceModel.None, "item")]
    [InlineData(true, false, 0, SequenceModel.None, "item")]
    [InlineData(false, true, 8, SequenceModel.None, "item")]
    [InlineData(true, true, 8, SequenceModel.None, "item")]
    [InlineData(false, false, 0, SequenceModel.Attention, "item")]
    [InlineData(false, false, 8, SequenceModel.Gru, "item")]
    [InlineData(false, false, 8, SequenceModel.SelfAttention, "item")]
    [InlineData(true, true, 8, SequenceModel.None, "history")]
    [InlineData(false, false, 0, SequenceModel.Attention, "history")]
    public void The_exported_towers_give_the_vectors_of_the_trained_ones(bool categories, bool features, int hidden, SequenceModel sequence, string historyTable)
    {
        string folder = Directory.CreateTempSubdirectory("linerec-two-tower-").FullName;
        try
        {
            const int items = 600;
            var events = TasteLog.Events(users: 500, items: items);
            using var matrix = features ? TasteLog.Features(items) : null;
            var options = new TwoTowerOptions { Dimension = 12, Epochs = 2, RetrainOnAll = false, UserHiddenWidth = hidden, ItemHiddenWidth = hidden, PopularityExponents = [0.1], SequenceModel = sequence, HistoryPooling = new HistoryPooling { Table = historyTable } };
            using var model = new TwoTowerTrainer(options).Train(events, TasteLog.Catalog(items, categories), matrix);
            var export = model.Export(folder, "print");

            Assert.Equal("print", export.ItemTower.Fingerprint);
            string[] expected = ["item", .. categories ? ["category"] : (string[])[], .. features ? ["dense"] : (string[])[], "scale"];
            Assert.Equal(expected, export.ItemTower.Inputs.Select(i => i.Name));
            using var vectors = NpyMatrix<float>.Open(Path.Combine(folder, "items.npy"));
            foreach (int batch in new[] { 1, 7, 500 })
            {
                int first = items - batch;
                var inputs = export.ItemTower.Inputs.Select(i => (i.Name, Rows(folder, i, first, batch, matrix), i.Width)).ToArray();
                float[] served = OnnxRunner.Run(File.ReadAllBytes(Path.Combine(folder, export.ItemTower.File)), "vector", inputs);
                OnnxRunner.AssertClose(vectors.Slice(first, batch).ToArray(), served);
            }

            AssertUsers(folder, model, events, export, historyTable);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Pools or gathers as serving does, from the files alone.
    private static void AssertUsers(string folder, TwoTowerModel model, InteractionTable events, TwoTowerExport export, string historyTable)
    {
        using var table = NpyMatrix<float>.Open(Path.Combine(folder, $"tables/{historyTable}.npy"));
        var history = export.UserTower.Inputs[0];
        Assert.Equal(("history", ModelInputKind.Gathered, historyTable, 12), (history.Name, history.Kind, history.Table, history.Width));
        int last = export.HistoryPooling.Last;
        float[] pooled = new float[500 * 12], gathered = new float[500 * last * 12], weights = new float[500 * last];
        int[] rows = new int[last];
        for (int user = 0; user < 500; user++)
        {
            var span = events.Offsets[user]..events.Offsets[user + 1];
            var own = weights.AsSpan(user * last, last);
            int count = export.HistoryPooling.Select(events.Rows.AsSpan(span), events.Types.AsSpan(span), rows, own);
            for (int i = 0; i < count; i++)
            {
                table[rows[i]].CopyTo(gathered.AsSpan(((user * last) + i) * 12));
                for (int k = 0; k < 12; k++) pooled[(user * 12) + k] += own[i] * table[rows[i]][k];
            }
        }

        using var users = model.EncodeUsers(events);
        byte[] graph = File.ReadAllBytes(Path.Combine(folder, export.UserTower.File));
        foreach (int batch in new[] { 1, 7, 500 })
        {
            float[] served = history.Length is null
                ? OnnxRunner.Run(graph, "vector", ("history", pooled[..(batch * 12)], 12))
                : OnnxRunner.Run(graph, "vector", ("history", gathered[..(batch * last * 12)], [batch, last, 12]), ("weights", weights[..(batch * last)], [batch, last]));
            OnnxRunner.AssertClose(users.Slice(0, batch).ToArray(), served);
        }

        if (history.Length is null) Assert.Single(export.UserTower.Inputs);
        else Assert.Equal([history with { Length = last }, new ModelInput("weights", ModelInputKind.Weights, last, historyTable)], export.UserTower.Inputs);
    }

    private static float[] Rows(string folder, ModelInput input, int first, int count, NpyMatrix<float>? features)
    {
        if (input.Kind == ModelInputKind.Dense) // serving feeds finite values: the mean where one is missing
        {
            float[] values = features!.Slice(first, count).ToArray();
            var scale = FeatureScale.Fit(features.Slice(0, features.Rows), features.Columns, "");
            return [.. values.Select((v, i) => float.IsNaN(v) ? scale.Means[i % features.Columns] : v)];
        }

        using var table = NpyMatrix<float>.Open(Path.Combine(folder, $"tables/{input.Table}.npy"));
        var codes = TasteLog.Catalog(600).Category!.Codes;
        var gathered = new List<float>();
        for (int row = first; row < first + count; row++) gathered.AddRange(table[input.Table == "category" ? codes[row] + 1 : row]);
        return [.. gathered];
    }
}
