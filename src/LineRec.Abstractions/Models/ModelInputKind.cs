namespace LineRec;

/// <summary>What an input of a model is.</summary>
public enum ModelInputKind
{
    /// <summary>Integer ids that the graph embeds itself.</summary>
    Ids = 0,

    /// <summary>Rows of an embedding table, gathered before the call.</summary>
    Gathered = 1,

    /// <summary>Values of the feature encoder.</summary>
    Dense = 2,

    /// <summary>The weights of a history's gathered rows (<see cref="ModelInput.Length"/>), a value a row of the table; 0 where there is no item.</summary>
    Weights = 3,
}
