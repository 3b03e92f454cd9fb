namespace LineRec.Simulation;

/// <summary>A campaign as the simulation uses it: it lifts categories, or one shop's items.</summary>
internal sealed record ShopCampaign(Campaign Published, long From, long To, HashSet<int> Categories, int Shop)
{
    public bool IsActiveAt(long time) => time >= From && time < To;
}
