using LineRec.Onnx;
using LineRec.Ranking;

namespace LineRec;

/// <summary>Ranks by a bundle's ONNX models.</summary>
public static class OnnxRankingBuilderExtensions
{
    /// <summary>Adds the ranker rankers/<paramref name="model"/> of the bundle. Placements may share a model.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="model">The model's name, without "rankers/".</param>
    /// <exception cref="InvalidOperationException">When the pipeline is linked: the bundle lacks the model, or it doesn't fit the bundle's features; the message names the placement, the model and those there are.</exception>
    public static IRankingBuilder Onnx(this IRankingBuilder builder, string model)
    {
        ArgumentException.ThrowIfNullOrEmpty(model);
        return builder.Add($"onnx:{model}", context => new OnnxRanker(context.Snapshot, model, context.Placement, context.Services.GetService(typeof(OnnxOptions)) as OnnxOptions));
    }
}
