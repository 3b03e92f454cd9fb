namespace LineRec;

/// <summary>A value with its confidence interval.</summary>
/// <param name="Value">The value of the sample itself.</param>
/// <param name="Low">The interval's lower end.</param>
/// <param name="High">The interval's upper end.</param>
public readonly record struct ConfidenceInterval(double Value, double Low, double High);
