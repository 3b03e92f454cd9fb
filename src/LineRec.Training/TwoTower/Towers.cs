namespace LineRec.Training;

/// <summary>What both towers are built from.</summary>
internal static class Towers
{
    /// <summary>x + W₂·gelu(W₁·x + b₁) + b₂ with W₂ starting at zero, so that it starts as x.</summary>
    public static Layer ResidualBlock(int width, int hidden, Random random) => new Residual(new Sequential(
        new Dense(width, hidden, random),
        new Activation(ActivationKind.Gelu, hidden),
        new Dense(hidden, width, random: null)));
}
