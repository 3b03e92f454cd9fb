namespace LineRec.Training;

/// <summary>The nonlinear function between two layers of a network.</summary>
public enum ActivationKind
{
    /// <summary>max(x, 0).</summary>
    Relu = 0,

    /// <summary>1 / (1 + e^-x).</summary>
    Sigmoid = 1,

    /// <summary>tanh x.</summary>
    Tanh = 2,

    /// <summary>x·Φ(x), exact through erf (Hendrycks and Gimpel 2016).</summary>
    Gelu = 3,

    /// <summary>x·sigmoid(x), also called swish.</summary>
    Silu = 4,

    /// <summary>e^x over the row's sum of it.</summary>
    Softmax = 5,
}
