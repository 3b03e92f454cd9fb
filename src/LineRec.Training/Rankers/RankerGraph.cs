namespace LineRec.Training;

/// <summary>The names of a ranker's inputs and output.</summary>
internal static class RankerGraph
{
    public const string User = "user", Embedding = "embedding", Item = "item", Cross = "cross", Score = "score";

    /// <summary>The ONNX model of an ensemble: sigmoid(slope × mean of the logits + intercept).</summary>
    public static byte[] ToOnnx(IReadOnlyList<RankerNetwork> networks, IEnumerable<ModelInput> inputs, PlattCalibration calibration)
    {
        var graph = new OnnxGraph("ranker");
        foreach (var input in inputs) graph.Input(input.Name, input.Width, input.Name == User ? "users" : "n");
        string sum = networks.Select(n => n.Emit(graph)).ToArray().Aggregate((a, b) => graph.Node("Add", [a, b]));
        string scaled = graph.Node("Mul", [sum, graph.Scalar((float)(calibration.Slope / networks.Count))]);
        graph.Output(graph.Node("Sigmoid", [graph.Node("Add", [scaled, graph.Scalar((float)calibration.Intercept)])]), Score, 1);
        return graph.ToBytes();
    }

    /// <summary>A ranker's inputs as the manifest describes them.</summary>
    public static IEnumerable<ModelInput> Inputs(RankerScales scales)
    {
        if (scales.User is { } user) yield return new ModelInput(User, ModelInputKind.Dense, user.Means.Length, Block: User);
        if (scales.Embedding is { } embedding) yield return new ModelInput(Embedding, ModelInputKind.Gathered, embedding.Means.Length, Table: "item");
        if (scales.Item is { } item) yield return new ModelInput(Item, ModelInputKind.Dense, item.Means.Length, Block: Item);
        if (scales.Cross is { } cross) yield return new ModelInput(Cross, ModelInputKind.Dense, cross.Means.Length, Block: Cross);
    }
}
