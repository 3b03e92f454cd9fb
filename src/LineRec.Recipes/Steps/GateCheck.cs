namespace LineRec.Recipes;

/// <summary>One thing that the gate looks at.</summary>
/// <param name="Check">What: "slice new users", "size".</param>
/// <param name="Passed">Whether it lets the bundle pass.</param>
/// <param name="Detail">What was found, as a sentence.</param>
internal sealed record GateCheck(string Check, bool Passed, string Detail);
