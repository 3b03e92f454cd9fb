using System.Runtime.InteropServices;
using static LineRec.Onnx.Tests.TinyGraph;

namespace LineRec.Onnx.Tests.Text;

/// <summary>The smallest graphs of the shape of BERT's: a token's vector is its row of a table [tokens, dimension]. What is wrong about one is chosen.</summary>
internal sealed record TinyBert
{
    private const int Float = 1, Int64 = 7;

    internal string[] Inputs { get; init; } = ["input_ids", "attention_mask"];

    internal string Output { get; init; } = "last_hidden_state";

    /// <summary>The inputs' element type, as ONNX numbers it.</summary>
    internal int InputType { get; init; } = Int64;

    /// <summary>The inputs' dimensions: names are free, numbers fixed.</summary>
    internal string[] InputShape { get; init; } = ["texts", "tokens"];

    internal int Tokens { get; init; } = 7;

    /// <summary>0 for a graph that gives a number for each token instead of a vector.</summary>
    internal int Dimension { get; init; } = 3;

    internal string Write(string path)
    {
        float[] table = [.. Enumerable.Range(0, Tokens * Math.Max(1, Dimension)).Select(i => 1f + (i * 7 % 5))];
        byte[] tableShape = Dimension == 0 ? Integer(1, Tokens) : Join(Integer(1, Tokens), Integer(1, Dimension));
        byte[][] graph =
        [
            Message(1, Node("Gather", Output, "table", Inputs.Contains("input_ids") ? "input_ids" : Inputs[0])),
            Message(2, "tiny"),
            Message(5, Join(tableShape, Integer(2, Float), Message(8, "table"), Message(9, MemoryMarshal.AsBytes(table.AsSpan()).ToArray()))),
            .. Inputs.Select(i => Message(11, Value(i, InputType, InputShape))),
            Message(12, Value(Output, Float, Dimension == 0 ? ["texts", "tokens"] : ["texts", "tokens", $"{Dimension}"])),
        ];
        File.WriteAllBytes(path, Join(Integer(1, 8), Message(7, Join(graph)), Message(8, Integer(2, 17))));
        return path;
    }

    private static byte[] Value(string name, int type, string[] shape)
    {
        byte[] dimensions = Join([.. shape.Select(d => Message(1, int.TryParse(d, out int size) ? Integer(1, size) : Message(2, d)))]);
        return Join(Message(1, name), Message(2, Message(1, Join(Integer(1, type), Message(2, dimensions)))));
    }
}
