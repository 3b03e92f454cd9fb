namespace LineRec.Features;

/// <summary>The distribution that <see cref="QuantileTransform"/> maps to.</summary>
public enum QuantileOutput
{
    /// <summary>Uniform over 0 to 1: the share of values below.</summary>
    Uniform,

    /// <summary>Standard normal.</summary>
    Normal,
}
