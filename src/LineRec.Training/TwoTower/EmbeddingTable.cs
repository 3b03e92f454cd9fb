using System.Numerics.Tensors;

namespace LineRec.Training;

/// <summary>
/// An embedding table [rows, width] in plain memory, trained with lazy Adam: a step touches only the rows of its batch.
/// </summary>
/// <remarks>
/// Not thread-safe. 12 bytes a value. Adam after Kingma and Ba 2015; "lazy" in that the moments of a row stay as they are between the
/// steps that touch it, as in PyTorch's SparseAdam.
/// </remarks>
internal sealed class EmbeddingTable
{
    private readonly float[] _first, _second; // Adam's moments
    private readonly int[] _localOf; // a touched row's place in the batch, or -1
    private readonly List<int> _touched = [];
    private float[] _gradients = [];
    private int _step;

    public EmbeddingTable(int rows, int width, Random random, double deviation)
    {
        (Rows, Width) = (rows, width);
        Values = Gaussian.Draw(random, checked(rows * width), deviation);
        (_first, _second, _localOf) = (new float[Values.Length], new float[Values.Length], new int[rows]);
        Array.Fill(_localOf, -1);
    }

    public int Rows { get; }

    public int Width { get; }

    public float[] Values { get; }

    private Span<float> Accumulated => _gradients.AsSpan(0, _touched.Count * Width);

    public Span<float> this[int row] => Values.AsSpan(row * Width, Width);

    /// <summary>Adds weight × gradient to what the coming <see cref="Update"/> changes a row by.</summary>
    public void Accumulate(int row, ReadOnlySpan<float> gradient, float weight = 1f)
    {
        int local = _localOf[row];
        if (local < 0)
        {
            local = _localOf[row] = _touched.Count;
            _touched.Add(row);
            if (_gradients.Length < _touched.Count * Width) Array.Resize(ref _gradients, Math.Max(1024, 2 * _touched.Count) * Width);
            _gradients.AsSpan(local * Width, Width).Clear();
        }

        var sum = _gradients.AsSpan(local * Width, Width);
        TensorPrimitives.MultiplyAdd(gradient, weight, sum, sum);
    }

    /// <summary>The sum of the squares of the accumulated gradients.</summary>
    public double SquaredGradientNorm() => TensorPrimitives.SumOfSquares<float>(Accumulated);

    /// <summary>Multiplies the accumulated gradients.</summary>
    public void ScaleGradients(float factor) => TensorPrimitives.Multiply(Accumulated, factor, Accumulated);

    /// <summary>Names Adam's moments, between two steps.</summary>
    public void ExchangeMoments(TrainingState state)
    {
        state.Value("step", ref _step);
        state.Values("first", _first.AsSpan());
        state.Values("second", _second.AsSpan());
    }

    /// <summary>Applies the accumulated gradients and forgets them. O(rows touched × width).</summary>
    public void Update(double learningRate)
    {
        _step++;
        float rate = AdamUpdate.CorrectedRate(learningRate, _step);
        for (int local = 0; local < _touched.Count; local++)
        {
            int row = _touched[local];
            AdamUpdate.Apply(this[row], _gradients.AsSpan(local * Width, Width), _first.AsSpan(row * Width, Width), _second.AsSpan(row * Width, Width), rate);
            _localOf[row] = -1;
        }

        _touched.Clear();
    }
}
