namespace LineRec.Recipes;

/// <summary>One training of a sweep.</summary>
/// <param name="Trial">The combination's number, from 0.</param>
/// <param name="Rung">How often it went on: 0 for its first training.</param>
internal readonly record struct SweepJob(int Trial, int Rung);
