using LineRec.Features;

namespace LineRec;

/// <summary>Records features from a pipeline.</summary>
public static class CaptureRankingBuilderExtensions
{
    /// <summary>Adds a ranker that scores nothing and records the features of each request; see <see cref="FeatureCapture"/>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="into">Receives the features.</param>
    /// <param name="select">Which candidates are kept; null keeps all.</param>
    /// <param name="positions">In which slot each candidate was shown; null for the first.</param>
    public static IRankingBuilder Capture(this IRankingBuilder builder, CapturedFeatures into, CaptureSelector? select = null, CapturePositions? positions = null) =>
        builder.Add("capture", context => new FeatureCapture(SnapshotFeatures.EncoderFor(context.Snapshot), into, select, positions)).OnFailure(FailurePolicy.Propagate);
}
