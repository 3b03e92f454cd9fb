namespace LineRec.Recipes;

/// <summary>What came of embedding a share.</summary>
/// <param name="Items">Vectors of items.</param>
/// <param name="Users">Vectors of users.</param>
/// <param name="Skipped">Users of the share that have none.</param>
internal sealed record EmbeddedShare(int Items, int Users, int Skipped);
