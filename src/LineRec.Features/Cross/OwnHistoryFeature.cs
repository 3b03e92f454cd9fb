namespace LineRec.Features;

/// <summary>
/// What the user did with this very item: log(1 + count) of clicks, carts, purchases and favourites and of days with a purchase; its share of
/// the user's events; log(1 + days) since the newest event and since the newest purchase; its place by recency among the user's items; the
/// mean gap between purchase days (the item's own over all users where the user bought once), how regular it is, and how overdue the next
/// purchase is; the share of the user's purchase days since the first one of this item that had it, and log(1 + purchase days since the newest);
/// log(1 + events that fade with age by e in a week, a month and a quarter);
/// flags for never met, never bought, gap unknown and the item of the newest event.
/// </summary>
public sealed record OwnHistoryFeature : CrossFeature
{
    internal override CrossEncoding Compile(EncoderParts parts)
    {
        // The item's gap over all users is a fitted column of the item block, where the spec has it.
        string gapName = RepeatFeature.GapColumn(EventType.Purchase);
        var columns = parts.Fitted.ItemColumns;
        int gap = columns.Select(c => c.Name).ToList().IndexOf(gapName);
        int gapMissing = columns.Select(c => c.Name).ToList().IndexOf($"{gapName}_missing");
        var scale = gap < 0 ? null : columns[gap];
        var items = parts.Fitted.Items;

        // One delegate for all calls: a local function handed over would be a new one each time.
        Func<int, float> logGapOf = row =>
        {
            if (scale is null) return float.NaN;
            var values = items[row];
            return values[gapMissing] != 0f ? float.NaN : (values[gap] * scale.Deviation) + scale.Mean;
        };

        string[] names =
        [
            "own_click", "own_cart", "own_purchase", "own_favourite", "own_purchase_days", "own_share", "own_days_since", "own_days_since_purchase",
            "own_inverse_recency", "own_log_recency", "own_log_gap", "own_regularity", "own_overdue", "own_new", "own_not_bought", "own_gap_missing",
            "own_order_rate", "own_orders_since", "own_is_last", "own_fading_week", "own_fading_month", "own_fading_quarter",
        ];
        return new CrossEncoding(names, (request, candidates, to) =>
        {
            var rows = candidates.Rows;
            for (int i = 0; i < rows.Length; i++)
            {
                if (request.Summary.TryGet(rows[i], out var use)) Encode(request, use, rows[i], to, i, logGapOf);
                else (to[i, 13], to[i, 14], to[i, 15]) = (1f, 1f, 1f);
            }
        });
    }

    private static void Encode(EncodeScratch request, in ItemUse use, int row, CrossColumns to, int i, Func<int, float> logGapOf)
    {
        long now = request.Context.UnixMilliseconds;
        to[i, 0] = LogScale.Count(use.Clicks);
        to[i, 1] = LogScale.Count(use.Carts);
        to[i, 2] = LogScale.Count(use.Purchases);
        to[i, 3] = LogScale.Count(use.Favourites);
        to[i, 4] = LogScale.Count(use.PurchaseDays);
        to[i, 5] = (float)use.Events / request.Summary.EventCount;
        to[i, 6] = LogScale.Days(now - use.LastTime);
        to[i, 8] = 1f / (1f + use.RecencyRank);
        to[i, 9] = LogScale.Count(use.RecencyRank);
        var fading = use.Decayed.After(now - use.LastTime);
        (to[i, 19], to[i, 20], to[i, 21]) = (MathF.Log(1f + fading.Short), MathF.Log(1f + fading.Middle), MathF.Log(1f + fading.Long));
        to[i, 18] = row == request.Summary.LastRow ? 1f : 0f;
        if (use.Purchases == 0)
        {
            (to[i, 14], to[i, 15]) = (1f, 1f);
            return;
        }

        int orders = request.Summary.OrderDays;
        to[i, 16] = (float)use.PurchaseDays / (orders - use.FirstOrder + 1);
        to[i, 17] = LogScale.Count(orders - use.LastOrder);
        float sincePurchase = LogScale.Days(now - use.LastPurchase);
        to[i, 7] = sincePurchase;
        float logGap = float.NaN;
        int gaps = use.PurchaseDays - 1;
        if (gaps > 0)
        {
            float mean = (float)(use.LastPurchaseDay - use.FirstPurchaseDay) / gaps;
            logGap = MathF.Log(1f + mean);
            double variance = Math.Max(0, (use.SquaredGaps / gaps) - ((double)mean * mean));
            to[i, 11] = 1f / (1f + (float)(Math.Sqrt(variance) / mean)); // 1 for a clockwork, 1/2 for a Poisson process
        }
        else
        {
            logGap = logGapOf(row);
        }

        if (float.IsNaN(logGap))
        {
            to[i, 15] = 1f;
            return;
        }

        to[i, 10] = logGap;
        to[i, 12] = sincePurchase - logGap; // log of time since over usual time: over 0 is overdue
    }
}
