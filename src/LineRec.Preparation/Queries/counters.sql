-- Counts each user's or item's events of a time: one row a user or an item.
-- in:     events
-- out:    entity_id; event_count; impressions, clicks, carts, purchases, favourites, searches; partner_count: how many different items a user met,
--         or users an item; active_days: on how many UTC days; first_ms and last_ms
-- params: entity, "user_id" or "item_id"; partner, the other of them; from_ms (inclusive) and to_ms (exclusive)
WITH counted AS (
    SELECT
        {{entity}} AS entity_id, {{partner}} AS partner_id, event_type, time_ms,
        {{quotient time_ms, 86400000}} AS day
    FROM {{events}} AS events
    WHERE {{entity}} IS NOT NULL AND time_ms >= {{from_ms}} AND time_ms < {{to_ms}}
),
sums AS (
    SELECT
        entity_id,
        COUNT(*) AS event_count,
        COUNT(CASE WHEN event_type = 'impression' THEN 1 END) AS impressions,
        COUNT(CASE WHEN event_type = 'click' THEN 1 END) AS clicks,
        COUNT(CASE WHEN event_type = 'cart' THEN 1 END) AS carts,
        COUNT(CASE WHEN event_type = 'purchase' THEN 1 END) AS purchases,
        COUNT(CASE WHEN event_type = 'favourite' THEN 1 END) AS favourites,
        COUNT(CASE WHEN event_type = 'search' THEN 1 END) AS searches,
        COUNT(DISTINCT partner_id) AS partner_count,
        COUNT(DISTINCT day) AS active_days,
        MIN(time_ms) AS first_ms,
        MAX(time_ms) AS last_ms
    FROM counted
    GROUP BY entity_id
)
SELECT entity_id, event_count, impressions, clicks, carts, purchases, favourites, searches, partner_count, active_days, first_ms, last_ms
FROM sums
ORDER BY {{binary entity_id}}
