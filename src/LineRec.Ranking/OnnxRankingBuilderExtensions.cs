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
        return builder.Add($"onnx:{model}", context => new OnnxRanker(context.Snapshot, model, context.Placement, OptionsOf(context)));
    }

    /// <summary>
    /// Adds the ranker rankers/<paramref name="model"/> of the bundle and fuses its score with those of the rankers before it: their score ×
    /// its score^<paramref name="exponent"/>, as in pctr × pcvr^0.5. Both must be positive, as probabilities are.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="model">The model's name, without "rankers/".</param>
    /// <param name="exponent">How much it counts, finite and over 0; 1 is the plain product.</param>
    /// <exception cref="InvalidOperationException">When the pipeline is linked: as <see cref="Onnx"/>.</exception>
    public static IRankingBuilder FuseOnnx(this IRankingBuilder builder, string model, double exponent)
    {
        ArgumentException.ThrowIfNullOrEmpty(model);
        return builder.Add($"onnx:{model}", context => new OnnxRanker(context.Snapshot, model, context.Placement, OptionsOf(context), (float)exponent));
    }

    private static OnnxOptions? OptionsOf(ComponentContext context) => context.Services.GetService(typeof(OnnxOptions)) as OnnxOptions;
}
