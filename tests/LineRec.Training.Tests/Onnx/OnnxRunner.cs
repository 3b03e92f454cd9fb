using Microsoft.ML.OnnxRuntime;

namespace LineRec.Training.Tests;

/// <summary>Runs a model in ONNX Runtime.</summary>
internal static class OnnxRunner
{
    public static float[] Run(byte[] model, string output, params (string Name, float[] Values, int Width)[] inputs) =>
        Run(model, output, [.. inputs.Select(i => (i.Name, i.Values, (long[])[i.Values.Length / i.Width, i.Width]))]);

    public static float[] Run(byte[] model, string output, params (string Name, float[] Values, long[] Shape)[] inputs)
    {
        using var session = new InferenceSession(model);
        using var options = new RunOptions();
        OrtValue[] values = [.. inputs.Select(i => OrtValue.CreateTensorValueFromMemory(i.Values, i.Shape))];
        try
        {
            using var results = session.Run(options, [.. inputs.Select(i => i.Name)], values, [output]);
            return results[0].GetTensorDataAsSpan<float>().ToArray();
        }
        finally
        {
            foreach (var value in values) value.Dispose();
        }
    }

    /// <summary>Fails where two results differ by more than a share of their size.</summary>
    public static void AssertClose(float[] expected, float[] actual, double tolerance = 1e-5)
    {
        Assert.Equal(expected.Length, actual.Length);
        double size = Math.Max(1e-3, expected.Max(Math.Abs));
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * size, $"Value {i}: Torch {expected[i]}, ONNX Runtime {actual[i]}.");
    }
}
