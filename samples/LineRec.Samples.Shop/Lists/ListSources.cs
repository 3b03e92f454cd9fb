namespace LineRec.Samples.Shop.Lists;

/// <summary>What the placements of lists know beside the request and the user's history.</summary>
/// <param name="Pages">The pages that were shown.</param>
/// <param name="Visitors">What visitors touched in other sessions.</param>
internal sealed record ListSources(ShownPages Pages, VisitorTouches Visitors);
