namespace LineRec.Simulation;

/// <summary>Who answers a simulated day's requests. Users look at these slates and choose by what they really want, as they do with the shop's own lists; their events carry the slates' attribution ids.</summary>
/// <param name="Recommender">Answers; it is asked by several threads at once, at the simulated time.</param>
/// <param name="Histories">What the recommender knows of users: each click, cart, purchase and favourite is appended as it happens. Load what was before the day.</param>
/// <param name="Placements">The placements that it answers; the others show the shop's own lists.</param>
public sealed record ShopServing(IRecommender Recommender, IUserHistoryStore Histories, IReadOnlySet<string> Placements);
