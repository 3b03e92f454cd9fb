namespace LineRec;

/// <summary>A campaign as campaigns.json holds it; the optional members may be left out there.</summary>
internal sealed record BundleCampaign(
    string Id, string Kind, DateTimeOffset StartsAt, DateTimeOffset EndsAt, float Weight, string? Column = null, IReadOnlyList<string>? Values = null)
{
    public static BundleCampaign From(Campaign campaign) =>
        new(campaign.Id, campaign.Kind, campaign.StartsAt, campaign.EndsAt, campaign.Weight, campaign.Column, campaign.Values);

    public Campaign ToCampaign() => new(Id, Kind, StartsAt, EndsAt, Weight, Column, Values ?? []);

    /// <summary>What is wrong with the campaign, or null.</summary>
    public string? FindProblem() =>
        !(float.IsFinite(Weight) && Weight > 0f) ? $"campaign '{Id}' has the weight {Weight}; it must be over 0 and finite."
        : EndsAt <= StartsAt ? $"campaign '{Id}' ends at {EndsAt:O}, which isn't after its start at {StartsAt:O}."
        : null;
}
