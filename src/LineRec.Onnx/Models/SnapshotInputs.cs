using LineRec.Features;

namespace LineRec.Onnx;

/// <summary>Checks that a model and the snapshot's feature state belong together.</summary>
internal static class SnapshotInputs
{
    /// <summary>A model that is fed features must have been trained with this state, or with one that it refreshes.</summary>
    internal static void RequireFeatures(ModelSnapshot snapshot, string name, ModelDescription description)
    {
        if (description.Fingerprint.Length == 0 && description.Inputs.All(i => i.Kind != ModelInputKind.Dense)) return;
        var fitted = SnapshotFeatures.FittedFor(snapshot);
        if (!fitted.Accepts(description.Fingerprint))
            throw new InvalidOperationException($"Model '{name}' was trained with the feature state '{description.Fingerprint}'; bundle '{snapshot.Version}' has '{fitted.Fingerprint}'. Train the model on this feature state, or publish the one it was trained with.");
    }

    internal static void RequireWidth(string model, ModelInput input, int width, string what)
    {
        if (input.Width != width)
            throw new InvalidOperationException($"Input '{input.Name}' of model '{model}' takes {input.Width} values; {what} has {width}. Train the model on this feature state.");
    }
}
