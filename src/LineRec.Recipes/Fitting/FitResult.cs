namespace LineRec.Recipes;

/// <summary>Features that were fitted.</summary>
/// <param name="Out">Where features.json and features_items.npy lie.</param>
/// <param name="Date">The last day that counts.</param>
/// <param name="Fingerprint">The hash of features and state, as a bundle's manifest names it.</param>
/// <param name="Events">Events that were counted.</param>
/// <param name="Items">Items of the catalog.</param>
/// <param name="Shards">From how many shares.</param>
internal sealed record FitResult(string Out, string Date, string Fingerprint, long Events, int Items, int Shards);
