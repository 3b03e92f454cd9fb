using System.Runtime.InteropServices;

namespace LineRec.Training;

/// <summary>
/// An ONNX graph of float matrices (and sequences of them) under construction. Nodes are added in the order in which they run; names of inner values are
/// counted, so that the same calls give the same bytes.
/// </summary>
/// <remarks>
/// Not thread-safe. Writes IR version 8 with operator set 17, which ONNX Runtime 1.12 and later read. Field numbers are those of onnx.proto3.
/// </remarks>
internal sealed class OnnxGraph(string name)
{
    private const int FloatType = 1; // TensorProto.DataType.FLOAT
    private const int IntegerType = 7; // TensorProto.DataType.INT64
    private const int IrVersion = 8;
    private const int OperatorSet = 17;
    private readonly List<Action<ProtobufWriter>> _nodes = [], _constants = [], _inputs = [], _outputs = [];
    private int _values;

    /// <summary>Declares an input [rows, width].</summary>
    /// <param name="input">Its name.</param>
    /// <param name="width">Values a row.</param>
    /// <param name="rows">The name of the row dimension, which is free; equal names mean equal sizes.</param>
    public string Input(string input, int width, string rows = "n")
    {
        _inputs.Add(w => ValueInfo(w, input, rows, width));
        return input;
    }

    /// <summary>Declares an input [rows, length, width].</summary>
    /// <param name="input">Its name.</param>
    /// <param name="length">How many steps a row has.</param>
    /// <param name="width">Values a step.</param>
    /// <param name="rows">The name of the row dimension, which is free; equal names mean equal sizes.</param>
    public string SequenceInput(string input, int length, int width, string rows = "n")
    {
        _inputs.Add(w => ValueInfo(w, input, rows, length, width));
        return input;
    }

    /// <summary>Names a value as an output [rows, width].</summary>
    public void Output(string value, string output, int width, string rows = "n")
    {
        _nodes.Add(w => Node(w, "Identity", [value], output, []));
        _outputs.Add(w => ValueInfo(w, output, rows, width));
    }

    /// <summary>Adds a constant.</summary>
    /// <param name="values">Its values, in C order.</param>
    /// <param name="dimensions">Its shape; none for a scalar.</param>
    public string Constant(float[] values, params long[] dimensions)
    {
        if (values.Length != dimensions.Aggregate(1L, (a, b) => a * b))
            throw new ArgumentException($"{values.Length} values don't fill the shape [{string.Join(", ", dimensions)}].", nameof(values));
        string constant = $"c{_values++}";
        _constants.Add(w =>
        {
            foreach (long dimension in dimensions) w.Integer(1, dimension);
            w.Integer(2, FloatType);
            w.Text(8, constant);
            w.Bytes(9, MemoryMarshal.AsBytes(values.AsSpan())); // little-endian, as every platform that .NET runs on
        });
        return constant;
    }

    /// <summary>Adds a constant that holds one number.</summary>
    public string Scalar(float value) => Constant([value]);

    /// <summary>Adds a constant list of integers, as some operators take for places and axes.</summary>
    public string Integers(params long[] values)
    {
        string constant = $"c{_values++}";
        _constants.Add(w =>
        {
            w.Integer(1, values.Length);
            w.Integer(2, IntegerType);
            w.Text(8, constant);
            w.Bytes(9, MemoryMarshal.AsBytes(values.AsSpan()));
        });
        return constant;
    }

    /// <summary>Adds a node of one output.</summary>
    /// <param name="operation">The operator's name.</param>
    /// <param name="inputs">The values that it reads.</param>
    /// <param name="attributes">Its attributes: values are long, float, string or long[].</param>
    /// <returns>The output's name.</returns>
    public string Node(string operation, string[] inputs, params (string Name, object Value)[] attributes)
    {
        string output = $"v{_values++}";
        _nodes.Add(w => Node(w, operation, inputs, output, attributes));
        return output;
    }

    /// <summary>The model as the bytes of an .onnx file.</summary>
    public byte[] ToBytes()
    {
        var model = new ProtobufWriter();
        model.Integer(1, IrVersion);
        model.Text(2, "LineRec");
        model.Message(7, graph =>
        {
            foreach (var node in _nodes) graph.Message(1, node);
            graph.Text(2, name);
            foreach (var constant in _constants) graph.Message(5, constant);
            foreach (var input in _inputs) graph.Message(11, input);
            foreach (var output in _outputs) graph.Message(12, output);
        });
        model.Message(8, set =>
        {
            set.Text(1, ""); // the standard operators
            set.Integer(2, OperatorSet);
        });
        return model.Written.ToArray();
    }

    private static void Node(ProtobufWriter writer, string operation, string[] inputs, string output, (string Name, object Value)[] attributes)
    {
        foreach (string input in inputs) writer.Text(1, input);
        writer.Text(2, output);
        writer.Text(3, $"{operation}_{output}");
        writer.Text(4, operation);
        foreach (var (name, value) in attributes) writer.Message(5, w => Attribute(w, name, value));
    }

    private static void Attribute(ProtobufWriter writer, string name, object value)
    {
        writer.Text(1, name);
        switch (value)
        {
            case float number:
                writer.Float(2, number);
                writer.Integer(20, 1);
                break;
            case long number:
                writer.Integer(3, number);
                writer.Integer(20, 2);
                break;
            case string text:
                writer.Text(4, text);
                writer.Integer(20, 3);
                break;
            case long[] numbers:
                foreach (long number in numbers) writer.Integer(8, number);
                writer.Integer(20, 7);
                break;
            default:
                throw new ArgumentException($"Attribute '{name}' is a {value.GetType().Name}; use long, float, string or long[].", nameof(value));
        }
    }

    private static void ValueInfo(ProtobufWriter writer, string name, string rows, params int[] dimensions)
    {
        writer.Text(1, name);
        writer.Message(2, type => type.Message(1, tensor =>
        {
            tensor.Integer(1, FloatType);
            tensor.Message(2, shape =>
            {
                shape.Message(1, dimension => dimension.Text(2, rows));
                foreach (int size in dimensions) shape.Message(1, dimension => dimension.Integer(1, size));
            });
        }));
    }
}
