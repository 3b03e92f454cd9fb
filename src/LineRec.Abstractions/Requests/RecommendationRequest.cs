using System.Collections.ObjectModel;

namespace LineRec;

/// <summary>What a host asks for: a slate for one user at one placement.</summary>
public sealed record RecommendationRequest
{
    /// <summary>The placement's name.</summary>
    public required string Placement { get; init; }

    /// <summary>The user; null or unknown for a visitor without history.</summary>
    public string? UserId { get; init; }

    /// <summary>How many items are wanted, 1 or more. Default 20.</summary>
    public int Take { get; init; } = 20;

    /// <summary>The items that the page is about (the item shown, the items in the cart); unknown ones are ignored, null is as good as none.</summary>
    public IReadOnlyList<string> AnchorItemIds { get; init; } = [];

    /// <summary>The search words, for a placement on a search page.</summary>
    public string? Query { get; init; }

    /// <summary>
    /// What the host knows of the user or the page beside: a segment ("region" is "north", "age" is "20s"), the category of a category page
    /// ("category" is "toys/outdoor"). Names are case-sensitive. Charts of a segment or a category are chosen by it; components of the host's own may read it.
    /// </summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The instant the answer is for; only events before it count. Default: now, and whatever is posted already counts.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>Seeds whatever is random in the answer. Default: a new one each request. With seed and time an answer can be replayed.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Watches the candidates on their way; for evaluation and tests.</summary>
    public IFunnelObserver? Observer { get; init; }
}
