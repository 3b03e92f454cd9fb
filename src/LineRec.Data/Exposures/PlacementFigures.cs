namespace LineRec.Data;

/// <summary>What a placement was worth.</summary>
/// <param name="Placement">The placement.</param>
/// <param name="BundleVersion">The bundle that answered; null for all of them together.</param>
/// <param name="Requests">Answered requests.</param>
/// <param name="Impressions">Items in their slates.</param>
/// <param name="Clicks">Impressions that were clicked, each once.</param>
/// <param name="Orders">Purchases of items in them.</param>
/// <param name="Gmv">What was paid for these.</param>
public sealed record PlacementFigures(string Placement, string? BundleVersion, long Requests, long Impressions, long Clicks, long Orders, double Gmv)
{
    /// <summary>Clicks an impression; NaN without impressions.</summary>
    public double Ctr => Impressions == 0 ? double.NaN : (double)Clicks / Impressions;

    /// <summary>The lower end of the CTR's 95 % interval (<see cref="WilsonScore"/>). Impressions of one list aren't independent, so the truth is a little wider.</summary>
    public double CtrLow => WilsonScore.Lower(Clicks, Impressions);

    /// <summary>The upper end.</summary>
    public double CtrHigh => WilsonScore.Upper(Clicks, Impressions);
}
