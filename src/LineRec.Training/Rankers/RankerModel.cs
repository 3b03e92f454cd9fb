using TorchSharp;
using static TorchSharp.torch;

namespace LineRec.Training;

/// <summary>A trained, calibrated ranker: scores candidates in process, and exports.</summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class RankerModel : IDisposable
{
    private const int ScoredAtOnce = 8192;
    private readonly IReadOnlyList<RankerNetwork> _networks;
    private readonly RankerScales _scales;
    private readonly PlattCalibration _calibration;
    private readonly int[] _widths;

    internal RankerModel(IReadOnlyList<RankerNetwork> networks, RankerScales scales, PlattCalibration calibration, Func<RankerModel, RankerReport> report)
    {
        (_networks, _scales, _calibration) = (networks, scales, calibration);
        _widths = [WidthOf(scales.User), WidthOf(scales.Embedding), WidthOf(scales.Item), WidthOf(scales.Cross)];
        Report = report(this);
    }

    /// <summary>How the training went.</summary>
    public RankerReport Report { get; }

    /// <summary>The probability of each candidate.</summary>
    /// <param name="examples">Candidates with the same inputs as in training; labels aren't read.</param>
    /// <exception cref="ArgumentException">The inputs have other widths.</exception>
    public float[] Score(RankingExamples examples)
    {
        examples.Validate();
        int[] widths = [examples.User?.Columns ?? 0, examples.ItemEmbeddings?.Columns ?? 0, examples.ItemFeatures?.Columns ?? 0, examples.Cross?.Columns ?? 0];
        if (!widths.SequenceEqual(_widths))
            throw new ArgumentException($"The ranker was trained on user, embedding, item and cross inputs of widths {string.Join(", ", _widths)}; these are {string.Join(", ", widths)}.", nameof(examples));
        return Probabilities(examples, [.. Enumerable.Range(0, examples.GroupCount)]);
    }

    /// <summary>Scores examples and measures the scores.</summary>
    /// <param name="examples">Candidates with labels that training didn't see.</param>
    /// <exception cref="ArgumentException">The inputs have other widths.</exception>
    public RankerMetrics Evaluate(RankingExamples examples) => RankerMetrics.Of(Score(examples), examples.Labels, examples.GroupOffsets);

    /// <summary>
    /// Writes the ranker as an ONNX model: inputs `user` [1, U], spread over all candidates (or [n, U]), `embedding` [n, d], `item`
    /// [n, I] and `cross` [n, C], as far as it has them; output `score` [n, 1], a probability.
    /// </summary>
    /// <param name="directory">The bundle's folder.</param>
    /// <param name="file">The model's path in the bundle, with '/', such as "rankers/home.onnx"; its folder is made.</param>
    /// <param name="fingerprint">The fingerprint of the feature state that the features were encoded with.</param>
    /// <returns>The model's entry of the manifest.</returns>
    public ModelDescription Export(string directory, string file, string fingerprint)
    {
        ModelInput[] inputs = [.. RankerGraph.Inputs(_scales)];
        string path = Path.Combine(directory, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, RankerGraph.ToOnnx(_networks, inputs, _calibration));
        return new ModelDescription(file, inputs, RankerGraph.Score, fingerprint);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var network in _networks) network.Dispose();
    }

    /// <summary>The mean logit of each candidate of some groups, in the groups' order.</summary>
    internal static float[] Logits(IReadOnlyList<RankerNetwork> networks, RankingExamples examples, int[] groups)
    {
        var logits = new List<float>();
        using var _ = no_grad();
        for (int next = 0; next < groups.Length;)
        {
            using var scope = NewDisposeScope();
            int first = next;
            for (int taken = 0; next < groups.Length && taken < ScoredAtOnce; next++) taken += examples.GroupOffsets[groups[next] + 1] - examples.GroupOffsets[groups[next]];
            var batch = new RankerBatch(examples, groups.AsSpan(first..next));
            if (batch.Count == 0) continue;
            var sum = networks.Select(n => n.Forward(batch)).Aggregate(ScalarOperations.Plus).DividedBy(networks.Count);
            logits.AddRange(sum.ToFloats());
        }

        return [.. logits];
    }

    /// <summary>The probability of each candidate of some groups, in the groups' order.</summary>
    internal float[] Probabilities(RankingExamples examples, int[] groups) => [.. Logits(_networks, examples, groups).Select(_calibration.Apply)];

    private static int WidthOf(FeatureScale? scale) => scale?.Means.Length ?? 0;
}
