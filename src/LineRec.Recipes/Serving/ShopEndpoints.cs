using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace LineRec.Recipes;

/// <summary>The HTTP endpoints, for trying out: <c>/recommend/{placement}?user=…&amp;take=…&amp;anchor=…</c>, <c>/explain/…</c> alike, <c>POST /event</c>, <c>/health</c>.</summary>
internal static class ShopEndpoints
{
    /// <summary>What to try, for people.</summary>
    public const string Shown = "/recommend/{placement}?user=...&take=20, /explain/{placement}?user=..., POST /event, /health";

    public static void Map(WebApplication app)
    {
        app.MapGet("/recommend/{placement}", (string placement, string? user, int? take, string? anchor, IRecommender recommender, CancellationToken cancellationToken) =>
            Answer(async () => Results.Ok(await recommender.RecommendAsync(Request(placement, user, take, anchor), cancellationToken).ConfigureAwait(false))));
        app.MapGet("/explain/{placement}", (string placement, string? user, int? take, string? anchor, IRecommender recommender, CancellationToken cancellationToken) =>
            Answer(async () => Results.Ok(await recommender.ExplainAsync(Request(placement, user, take, anchor), cancellationToken).ConfigureAwait(false))));
        app.MapPost("/event", (PostedEvent posted, IUserHistoryStore histories, TimeProvider time) =>
        {
            if (string.IsNullOrEmpty(posted.UserId) || string.IsNullOrEmpty(posted.ItemId) || !Enum.TryParse<EventType>(posted.Type, ignoreCase: true, out var type) || !Enum.IsDefined(type))
                return Results.BadRequest(new { error = $"An event needs userId, itemId and a type of {string.Join(", ", Enum.GetNames<EventType>())}; the type was '{posted.Type}'." });
            histories.Append(new UserEvent(posted.UserId, posted.ItemId, type, posted.Time ?? time.GetUtcNow()));
            return Results.Accepted();
        });
        app.MapHealthChecks("/health");
    }

    private static RecommendationRequest Request(string placement, string? user, int? take, string? anchor) =>
        new() { Placement = placement, UserId = user, Take = take ?? 20, AnchorItemIds = anchor is null ? [] : [anchor] };

    /// <summary>A request that asks for something impossible is the caller's fault and says which.</summary>
    private static async Task<IResult> Answer(Func<Task<IResult>> answer)
    {
        try
        {
            return await answer().ConfigureAwait(false);
        }
        catch (ArgumentException e)
        {
            return Results.BadRequest(new { error = e.Message });
        }
    }
}
