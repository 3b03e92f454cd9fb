namespace LineRec.Recipes;

/// <summary>Vectors that were written.</summary>
/// <param name="File">The .npy file; the ids are beside it, as .txt.</param>
/// <param name="Rows">How many.</param>
/// <param name="Dimension">Their length.</param>
/// <param name="Skipped">How many of those asked for have none.</param>
internal sealed record VectorsWritten(string File, int Rows, int Dimension, int Skipped);
