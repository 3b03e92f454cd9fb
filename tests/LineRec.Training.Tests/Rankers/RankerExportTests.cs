namespace LineRec.Training.Tests;

public sealed class RankerExportTests
{
    public static TheoryData<bool, bool, bool, bool, bool, int> Shapes => new()
    {
        { true, true, true, true, true, 1 },
        { true, true, true, true, true, 3 },
        { true, true, true, true, false, 1 },
        { true, false, true, true, false, 1 },
        { false, true, false, false, false, 1 },
        { true, false, false, true, false, 2 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_exported_ranker_gives_the_probabilities_of_the_trained_one(bool user, bool embedding, bool item, bool cross, bool product, int ensemble)
    {
        string folder = Directory.CreateTempSubdirectory("linerec-ranker-").FullName;
        try
        {
            RankingExamples Of(RankingExamples e) => e with
            {
                User = user ? e.User : null,
                Cross = cross ? Filled(e.Cross!) : null, // serving feeds finite values
                ItemFeatures = item ? e.ItemFeatures : null,
                ItemEmbeddings = embedding ? e.ItemEmbeddings : null,
            };
            var options = new RankerOptions { Epochs = 2, UserVectorOffset = product ? 1 : null, Ensemble = ensemble, Activation = ensemble > 1 ? ActivationKind.Gelu : ActivationKind.Relu };
            using var model = new RankerTrainer(options).Train(Of(ChoiceLog.Examples(groups: 100)));
            var description = model.Export(folder, "rankers/home.onnx", "print");

            Assert.Equal(("rankers/home.onnx", "score", "print"), (description.File, description.Output, description.Fingerprint));
            byte[] onnx = File.ReadAllBytes(Path.Combine(folder, "rankers", "home.onnx"));
            foreach (int candidates in new[] { 1, 7, 500 })
            {
                var request = Of(ChoiceLog.Examples(groups: 1, candidates: candidates, seed: candidates));
                var inputs = description.Inputs.Select(i => (i.Name, Values(i, request), i.Width)).ToArray();
                OnnxRunner.AssertClose(model.Score(request), OnnxRunner.Run(onnx, description.Output, inputs));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static float[] Values(ModelInput input, RankingExamples request) => input.Name switch
    {
        "user" => request.User![0].ToArray(),
        "cross" => request.Cross!.Slice(0, request.Count).ToArray(),
        "item" => [.. request.ItemRows.SelectMany(row => request.ItemFeatures![row].ToArray())],
        _ => [.. request.ItemRows.SelectMany(row => request.ItemEmbeddings![row].ToArray())],
    };

    private static NpyMatrix<float> Filled(NpyMatrix<float> matrix) =>
        new([.. matrix.Slice(0, matrix.Rows).ToArray().Select(v => float.IsNaN(v) ? 50f : v)], matrix.Columns);
}
