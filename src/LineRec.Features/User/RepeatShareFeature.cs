namespace LineRec.Features;

/// <summary>The share of events on items that the user had met before, and of purchase days of an item that weren't its first.</summary>
public sealed record RepeatShareFeature : UserFeature
{
    internal override UserEncoding Compile(EncoderParts parts) => new(["user_repeat_share", "user_rebuy_share"], (request, values) =>
    {
        var summary = request.Summary;
        if (summary.EventCount > 0) values[0] = 1f - ((float)summary.ItemCount / summary.EventCount);
        if (summary.PurchaseDays > 0) values[1] = 1f - ((float)summary.BoughtItems / summary.PurchaseDays);
    });
}
