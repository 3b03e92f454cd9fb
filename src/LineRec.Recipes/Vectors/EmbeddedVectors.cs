namespace LineRec.Recipes;

/// <summary>What <c>linerec embed</c> wrote.</summary>
/// <param name="Items">The bundle's items.</param>
/// <param name="Users">The users that were asked for; null where none were.</param>
internal sealed record EmbeddedVectors(VectorsWritten Items, VectorsWritten? Users);
