namespace LineRec.Training;

/// <summary>What a checkpoint says of its training: a line for the module, each option and the data. A training only takes up a checkpoint that says the same.</summary>
internal static class CheckpointIdentity
{
    /// <summary>Options as lines.</summary>
    /// <param name="options">The options.</param>
    /// <param name="without">Properties that don't change what is learnt.</param>
    public static IEnumerable<string> Lines(object options, params string[] without) =>
        OptionParams.Whole(options).Where(o => !without.Contains(o.Key.Split('.')[0])).Select(o => $"{options.GetType().Name}.{o.Key} = {o.Value}");

    /// <summary>Refuses a checkpoint of another training.</summary>
    /// <exception cref="InvalidDataException">The lines differ; the message names all that do.</exception>
    public static void Require(string path, string then, string now)
    {
        if (then == now) return;
        string[] old = then.Split('\n'), today = now.Split('\n');
        var differences = old.Except(today).Select(l => $"- then: {l}").Concat(today.Except(old).Select(l => $"-  now: {l}"));
        throw new InvalidDataException(
            $"'{path}' is the checkpoint of another training, so going on from it wouldn't give the model that was begun:{Environment.NewLine}{string.Join(Environment.NewLine, differences)}{Environment.NewLine}" +
            "Train with the module, options and data of then, give this training a folder of its own, or set CheckpointOptions.Resume to false to start anew.");
    }
}
