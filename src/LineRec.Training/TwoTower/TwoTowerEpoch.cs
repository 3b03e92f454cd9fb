namespace LineRec.Training;

/// <summary>One epoch of a two-tower training.</summary>
/// <param name="Loss">The mean loss of its positives.</param>
/// <param name="Recall">Recall@20 on validation after it, with the best popularity exponent; NaN where it wasn't measured.</param>
/// <param name="PopularityExponent">The exponent of <see cref="TwoTowerOptions.PopularityExponents"/> that gave it; NaN where it wasn't measured.</param>
/// <param name="PositivesPerSecond">Its speed.</param>
public sealed record TwoTowerEpoch(double Loss, double Recall, double PopularityExponent, double PositivesPerSecond);
