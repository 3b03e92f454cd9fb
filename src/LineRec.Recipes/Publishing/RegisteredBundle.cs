using System.Text.Json.Serialization;

namespace LineRec.Recipes;

/// <summary>A bundle that was published.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Date">The logical date of the run that made it, yyyy-MM-dd.</param>
/// <param name="Fingerprint">Its manifest's fingerprint.</param>
/// <param name="Promoted">Whether it was made the champion when it was published, or since: not where a newer one was serving already.</param>
/// <param name="Withdrawn">Whether a rollback took it back; it never becomes champion by itself again.</param>
/// <param name="Lineage">What it was made from.</param>
internal sealed record RegisteredBundle(string Version, string Date, string Fingerprint, bool Promoted, bool Withdrawn = false, BundleLineage? Lineage = null)
{
    /// <summary>Whether it may serve.</summary>
    [JsonIgnore]
    public bool IsChampion => Promoted && !Withdrawn;
}
