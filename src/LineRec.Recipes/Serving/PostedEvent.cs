namespace LineRec.Recipes;

/// <summary>An event as it is posted to the endpoint.</summary>
/// <param name="UserId">The user.</param>
/// <param name="ItemId">The item.</param>
/// <param name="Type">click, cart, purchase or favourite.</param>
/// <param name="Time">When; null for now.</param>
internal sealed record PostedEvent(string UserId, string ItemId, string Type, DateTimeOffset? Time);
