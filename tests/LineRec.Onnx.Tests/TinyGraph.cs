using System.Runtime.InteropServices;
using System.Text;

namespace LineRec.Onnx.Tests;

/// <summary>Writes the smallest useful ONNX files: output = Σ inputs × weights, then a sigmoid where asked for. Field numbers are those of onnx.proto3.</summary>
internal static class TinyGraph
{
    /// <summary>One input: [rows, width] times weights [width, outputs]. Rows: a name for a free size, a number for a fixed one.</summary>
    internal sealed record Input(string Name, int Width, float[] Weights, string Rows = "n");

    internal static string Write(string folder, string file, IReadOnlyList<Input> inputs, int outputs = 1, bool sigmoid = false, string output = "score", bool flat = false)
    {
        string path = Path.Combine(folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var graph = new List<byte[]>();
        string sum = "";
        for (int i = 0; i < inputs.Count; i++)
        {
            graph.Add(Message(1, Node("MatMul", $"p{i}", inputs[i].Name, $"w{i}")));
            if (i > 0) graph.Add(Message(1, Node("Add", $"s{i}", sum, $"p{i}")));
            sum = i == 0 ? "p0" : $"s{i}";
        }

        if (sigmoid)
        {
            graph.Add(Message(1, Node("Sigmoid", "sigmoid", sum)));
            sum = "sigmoid";
        }

        if (flat) graph.Add(Message(1, Join(Node("Reshape", output, sum, "flat"))));
        else graph.Add(Message(1, Node("Identity", output, sum)));
        graph.Add(Message(2, "tiny"));
        for (int i = 0; i < inputs.Count; i++)
            graph.Add(Message(5, Join(Integer(1, inputs[i].Width), Integer(1, outputs), Integer(2, 1), Message(8, $"w{i}"), Message(9, MemoryMarshal.AsBytes(inputs[i].Weights.AsSpan()).ToArray()))));
        if (flat) graph.Add(Message(5, Join(Integer(1, 1), Integer(2, 7), Message(8, "flat"), Message(9, BitConverter.GetBytes(-1L)))));
        foreach (var input in inputs) graph.Add(Message(11, Value(input.Name, input.Rows, input.Width)));
        graph.Add(Message(12, flat ? Value(output, "n") : Value(output, "n", outputs)));
        File.WriteAllBytes(path, Join(Integer(1, 8), Message(7, Join([.. graph])), Message(8, Integer(2, 17))));
        return path;
    }

    /// <summary>A tower that reads a history's items one by one: vector = Σ weights [n, length] × history [n, length, width].</summary>
    internal static void WriteWeightedSum(string folder, string file, int length, int width) => File.WriteAllBytes(Path.Combine(folder, file), Join(
        Integer(1, 8),
        Message(7, Join(
            Message(1, Join(Node("Einsum", "vector", "weights", "history"), Message(5, Join(Message(1, "equation"), Message(4, "nl,nld->nd"), Integer(20, 3))))),
            Message(2, "tiny"),
            Message(11, Value("history", "n", length, width)),
            Message(11, Value("weights", "n", length)),
            Message(12, Value("vector", "n", width)))),
        Message(8, Integer(2, 17))));

    internal static byte[] Node(string operation, string output, params string[] inputs) => Join([.. inputs.Select(i => Message(1, i)), Message(2, output), Message(4, operation)]);

    private static byte[] Value(string name, string rows, params int[] dimensions)
    {
        byte[] first = Message(1, int.TryParse(rows, out int fixedRows) ? Integer(1, fixedRows) : Message(2, rows));
        byte[] shape = Join([first, .. dimensions.Select(d => Message(1, Integer(1, d)))]);
        return Join(Message(1, name), Message(2, Message(1, Join(Integer(1, 1), Message(2, shape)))));
    }

    internal static byte[] Integer(int field, long value) => Join(Varint((ulong)field << 3), Varint((ulong)value));

    internal static byte[] Message(int field, string value) => Message(field, Encoding.UTF8.GetBytes(value));

    internal static byte[] Message(int field, byte[] value) => Join(Varint(((ulong)field << 3) | 2), Varint((ulong)value.Length), value);

    internal static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(p => p)];

    private static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7) bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return [.. bytes];
    }
}
