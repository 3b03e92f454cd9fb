using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace LineRec.Onnx;

/// <summary>
/// The buffers of one call of an <see cref="OnnxModel"/>: fill the inputs, run, read the output, dispose. Reused from call to call.
/// </summary>
/// <remarks>Not thread-safe. Its spans are native memory: they must not be used after <see cref="Dispose"/>.</remarks>
public sealed unsafe class OnnxBatch : IDisposable
{
    private readonly OnnxModel _model;
    private readonly float*[] _inputs;
    private readonly List<Binding> _bindings = [];
    private float* _output;
    private int _capacity;
    private bool _rented;

    internal OnnxBatch(OnnxModel model)
    {
        _model = model;
        _inputs = new float*[model.Description.Inputs.Count];
    }

    /// <summary>Rows of this call.</summary>
    public int Rows { get; private set; }

    /// <summary>An input to be filled, row after row: [<see cref="Rows"/>, width], [<see cref="Rows"/>, length, width] for a sequence, or [1, width] where the graph takes one row. Of any content before.</summary>
    /// <param name="index">The input's place in the model's description.</param>
    public Span<float> Input(int index)
    {
        ObjectDisposedException.ThrowIf(!_rented, this);
        return new Span<float>(_inputs[index], RowsOf(index, Rows) * _model.Description.Inputs[index].ValuesPerRow());
    }

    /// <summary>Runs the graph on the inputs.</summary>
    /// <returns>The output, [<see cref="Rows"/>, output width], valid until the batch is disposed.</returns>
    /// <exception cref="InvalidOperationException">ONNX Runtime failed.</exception>
    public ReadOnlySpan<float> Run()
    {
        ObjectDisposedException.ThrowIf(!_rented, this);
        int padded = BatchSizes.Pad(Rows, _model.SmallestBatch);
        var binding = Find(padded);
        for (int i = 0; i < _inputs.Length; i++)
        {
            // What a longer call left behind must not slow this one down with denormals.
            int width = _model.Description.Inputs[i].ValuesPerRow(), filled = RowsOf(i, Rows) * width;
            new Span<float>(_inputs[i] + filled, (RowsOf(i, padded) * width) - filled).Clear();
        }

        try
        {
            _model.Session.RunWithBinding(_model.RunOptions, binding.Native);
        }
        catch (OnnxRuntimeException error)
        {
            throw new InvalidOperationException($"Model '{_model.Name}' failed on a batch of {Rows}: {error.Message}", error);
        }

        return new ReadOnlySpan<float>(_output, Rows * _model.OutputWidth);
    }

    /// <summary>Gives the buffers back to the model.</summary>
    public void Dispose()
    {
        if (!_rented) return;
        _rented = false;
        _model.Return(this);
    }

    internal void Begin(int rows)
    {
        (_rented, Rows) = (true, rows);
        int padded = BatchSizes.Pad(rows, _model.SmallestBatch);
        if (padded <= _capacity) return;
        Free();
        for (int i = 0; i < _inputs.Length; i++) _inputs[i] = Allocate(RowsOf(i, padded) * _model.Description.Inputs[i].ValuesPerRow());
        _output = Allocate(padded * _model.OutputWidth);
        _capacity = padded;
    }

    internal void Free()
    {
        foreach (var binding in _bindings) binding.Dispose();
        _bindings.Clear();
        for (int i = 0; i < _inputs.Length; i++)
        {
            NativeMemory.AlignedFree(_inputs[i]);
            _inputs[i] = null;
        }

        NativeMemory.AlignedFree(_output);
        _output = null;
        _capacity = 0;
    }

    private static float* Allocate(int count)
    {
        nuint bytes = checked((nuint)count * sizeof(float));
        float* memory = (float*)NativeMemory.AlignedAlloc(Math.Max(bytes, 64), 64);
        NativeMemory.Clear(memory, bytes);
        return memory;
    }

    private int RowsOf(int input, int rows) => _model.IsSingleRow(input) ? 1 : rows;

    private Binding Find(int padded)
    {
        foreach (var binding in _bindings)
        {
            if (binding.Rows == padded) return binding;
        }

        var made = new Binding(_model, padded);
        _bindings.Add(made);
        for (int i = 0; i < _inputs.Length; i++)
        {
            var input = _model.Description.Inputs[i];
            made.BindInput(input.Name, _inputs[i], input.Shape(RowsOf(i, padded)));
        }

        bool batched = Enumerable.Range(0, _inputs.Length).Any(i => !_model.IsSingleRow(i));
        long rows = batched ? padded : 1;
        made.BindOutput(_model.Description.Output, _output, _model.OutputRank == 1 ? [rows] : [rows, _model.OutputWidth]);
        return made;
    }

    /// <summary>All buffers bound with the shapes of one padded batch size.</summary>
    private sealed class Binding(OnnxModel model, int rows) : IDisposable
    {
        private readonly List<OrtValue> _values = [];

        internal int Rows => rows;

        internal OrtIoBinding Native { get; } = model.Session.CreateIoBinding();

        internal void BindInput(string name, float* data, long[] shape) => Native.BindInput(name, Value(data, shape));

        internal void BindOutput(string name, float* data, long[] shape) => Native.BindOutput(name, Value(data, shape));

        public void Dispose()
        {
            Native.Dispose();
            foreach (var value in _values) value.Dispose();
        }

        private OrtValue Value(float* data, long[] shape)
        {
            long bytes = shape.Aggregate((long)sizeof(float), (a, b) => a * b);
            var value = OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, TensorElementType.Float, shape, (nint)data, bytes);
            _values.Add(value);
            return value;
        }
    }
}
