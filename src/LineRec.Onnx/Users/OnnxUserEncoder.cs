using LineRec.Features;

namespace LineRec.Onnx;

/// <summary>
/// The user tower of a two-tower model: pools the history over the item table as features.json says, or gathers its items for a tower that
/// reads them one by one, and runs user_tower.onnx on it.
/// </summary>
/// <remarks>Thread-safe; a call allocates nothing after warm-up. A user without any pooled event has no vector.</remarks>
public sealed class OnnxUserEncoder : IUserEncoder
{
    /// <summary>The model's name in a bundle.</summary>
    public const string ModelName = "user_tower";

    private const string Remedy = "Correct the model's description in the manifest.";
    private readonly OnnxModel _model;
    private readonly HistoryPooler _pooler;
    private readonly FeatureEncoder? _features;
    private readonly int _history;
    private readonly int _weights;
    private readonly int _user;

    /// <summary>Creates the encoder of a snapshot.</summary>
    /// <param name="snapshot">The snapshot; it owns model, tables and features.</param>
    /// <param name="options">How the model is run; null means the defaults.</param>
    /// <exception cref="InvalidOperationException">The snapshot lacks the model or a file, or they don't fit each other.</exception>
    public OnnxUserEncoder(ModelSnapshot snapshot, OnnxOptions? options = null)
    {
        _model = OnnxModel.ForSnapshot(snapshot, ModelName, "The two-tower user encoder", options, smallestBatch: 1);
        var pooling = SnapshotFeatures.FittedFor(snapshot).Spec.History;
        (_history, _weights, _user) = (-1, -1, -1);
        for (int i = 0; i < _model.Description.Inputs.Count; i++)
        {
            var input = _model.Description.Inputs[i];
            if (input.Kind == ModelInputKind.Gathered && input.Table == pooling.Table) _history = i;
            else if (input.Kind == ModelInputKind.Weights && input.Table == pooling.Table) _weights = i;
            else if (input is { Kind: ModelInputKind.Dense, Block: ModelBlocks.User }) _user = i;
            else throw new InvalidOperationException($"Input '{input.Name}' of model '{ModelName}' is neither the history pooled over table '{pooling.Table}' (or its items and their weights) nor the user block. {Remedy}");
        }

        if (_history < 0) throw new InvalidOperationException($"Model '{ModelName}' has no input for the history pooled over table '{pooling.Table}'. {Remedy}");
        _pooler = new HistoryPooler(pooling, SnapshotFeatures.TableFor(snapshot, pooling.Table));
        SnapshotInputs.RequireWidth(ModelName, _model.Description.Inputs[_history], _pooler.Dimension, $"table '{pooling.Table}'");
        RequireLength(snapshot, pooling);
        if (_user < 0) return;
        _features = SnapshotFeatures.EncoderFor(snapshot);
        SnapshotInputs.RequireWidth(ModelName, _model.Description.Inputs[_user], _features.UserWidth, "the user block");
    }

    /// <inheritdoc/>
    public int Dimension => _model.OutputWidth;

    /// <inheritdoc/>
    public bool TryEncode(RequestContext context, Span<float> vector)
    {
        if (vector.Length != Dimension) throw new ArgumentException($"The vector has room for {vector.Length} values; the model '{ModelName}' gives {Dimension}.", nameof(vector));
        using var batch = _model.Rent(1);
        bool found = _weights < 0
            ? _pooler.TryPool(context.History, batch.Input(_history))
            : _pooler.TryGather(context.History, batch.Input(_history), batch.Input(_weights));
        if (!found) return false;
        if (_user >= 0) _features!.EncodeUser(context, batch.Input(_user));
        batch.Run().CopyTo(vector);
        return true;
    }

    // A tower that reads the items one by one has their weights too, and its places are those of the feature state.
    private void RequireLength(ModelSnapshot snapshot, HistoryPooling pooling)
    {
        var history = _model.Description.Inputs[_history];
        var weights = _weights < 0 ? null : _model.Description.Inputs[_weights];
        if (history.Length is not { } length)
        {
            if (weights is null) return;
            throw new InvalidOperationException($"Input '{weights.Name}' of model '{ModelName}' takes the weights of a history's items, but input '{history.Name}' takes one pooled vector. Give '{history.Name}' its length in the manifest.");
        }

        if (weights is null) throw new InvalidOperationException($"Input '{history.Name}' of model '{ModelName}' takes {length} items of a history, but no input of kind 'weights' over table '{pooling.Table}' says which of them there are. {Remedy}");
        if (length != pooling.Last)
            throw new InvalidOperationException($"Input '{history.Name}' of model '{ModelName}' takes the newest {length} items of a history; the feature state of bundle '{snapshot.Version}' picks {pooling.Last} (HistoryPooling.Last). Train the tower with this feature state's pooling, or publish the feature state that it was trained with.");
        SnapshotInputs.RequireWidth(ModelName, weights, length, $"input '{history.Name}'");
    }
}
