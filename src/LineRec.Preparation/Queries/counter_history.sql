-- How each user's or item's counts grew: a history for the point-in-time join, so that training sees only what had happened.
-- in:     events
-- out:    entity_id, time_ms: one row a moment with events; impressions, clicks, carts, purchases: counted up to that moment, itself included
-- params: entity, "user_id" or "item_id"
WITH moments AS (
    SELECT
        {{entity}} AS entity_id, time_ms,
        COUNT(CASE WHEN event_type = 'impression' THEN 1 END) AS new_impressions,
        COUNT(CASE WHEN event_type = 'click' THEN 1 END) AS new_clicks,
        COUNT(CASE WHEN event_type = 'cart' THEN 1 END) AS new_carts,
        COUNT(CASE WHEN event_type = 'purchase' THEN 1 END) AS new_purchases
    FROM {{events}} AS events
    WHERE {{entity}} IS NOT NULL
    GROUP BY {{entity}}, time_ms
)
SELECT
    entity_id, time_ms,
    CAST(SUM(new_impressions) OVER (PARTITION BY entity_id ORDER BY time_ms) AS {{bigint}}) AS impressions,
    CAST(SUM(new_clicks) OVER (PARTITION BY entity_id ORDER BY time_ms) AS {{bigint}}) AS clicks,
    CAST(SUM(new_carts) OVER (PARTITION BY entity_id ORDER BY time_ms) AS {{bigint}}) AS carts,
    CAST(SUM(new_purchases) OVER (PARTITION BY entity_id ORDER BY time_ms) AS {{bigint}}) AS purchases
FROM moments
ORDER BY {{binary entity_id}}, time_ms
