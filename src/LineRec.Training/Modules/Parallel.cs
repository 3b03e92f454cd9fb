using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LineRec.Training;

/// <summary>Branches that read the same rows; their outputs are joined side by side, or multiplied element by element.</summary>
internal sealed class Parallel : Layer
{
    private readonly bool _multiply;
    private readonly Layer[] _branches;

    private Parallel(bool multiply, Layer[] branches)
        : base(branches[0].InputWidth, multiply ? branches[0].OutputWidth : branches.Sum(b => b.OutputWidth))
    {
        if (branches.Any(b => b.InputWidth != branches[0].InputWidth))
            throw new ArgumentException($"Branches must take rows of one width; these take {string.Join(", ", branches.Select(b => b.InputWidth))}.", nameof(branches));
        if (multiply && branches.Any(b => b.OutputWidth != branches[0].OutputWidth))
            throw new ArgumentException($"Factors must be of one width; these are {string.Join(", ", branches.Select(b => b.OutputWidth))}.", nameof(branches));
        (_multiply, _branches) = (multiply, branches);
    }

    public override IEnumerable<Parameter> Parameters => _branches.SelectMany(b => b.Parameters);

    /// <summary>The outputs side by side.</summary>
    public static Parallel Concat(params Layer[] branches) => new(multiply: false, branches);

    /// <summary>The outputs multiplied element by element.</summary>
    public static Parallel Product(params Layer[] branches) => new(multiply: true, branches);

    public override Tensor Forward(Tensor input, Generator? noise = null)
    {
        Tensor[] outputs = [.. _branches.Select(b => b.Forward(input, noise))];
        return _multiply ? outputs.Aggregate((a, b) => a * b) : torch.cat(outputs, -1);
    }

    public override string Emit(OnnxGraph graph, string input)
    {
        string[] outputs = [.. _branches.Select(b => b.Emit(graph, input))];
        return _multiply ? outputs.Aggregate((a, b) => graph.Node("Mul", [a, b])) : graph.Node("Concat", outputs, ("axis", -1L));
    }
}
