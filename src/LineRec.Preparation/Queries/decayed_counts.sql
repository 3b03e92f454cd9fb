-- Counts each user's or item's events so that an event counts half after every half-life.
-- in:     events
-- out:    entity_id; impressions, clicks, carts, purchases, favourites: the sums of 2^(-age / half-life), 0 where there are none
-- params: entity, "user_id" or "item_id"; as_of_ms, the instant ages are measured from: only events strictly before it count;
--         from_ms, the earliest time that counts; half_life_ms
-- source: G. Cormode et al., "Forward decay: a practical time decay model for streaming systems", ICDE 2009
-- Weights are summed as decimals: their sum doesn't depend on the order, so it is the same on any number of threads.
WITH weighted AS (
    SELECT
        {{entity}} AS entity_id, event_type,
        CAST(POWER(CAST(2 AS {{double}}), CAST(time_ms - {{as_of_ms}} AS {{double}}) / {{half_life_ms}}) AS {{decimal}}) AS weight
    FROM {{events}} AS events
    WHERE {{entity}} IS NOT NULL AND time_ms >= {{from_ms}} AND time_ms < {{as_of_ms}}
),
sums AS (
    SELECT
        entity_id,
        SUM(CASE WHEN event_type = 'impression' THEN weight END) AS impressions,
        SUM(CASE WHEN event_type = 'click' THEN weight END) AS clicks,
        SUM(CASE WHEN event_type = 'cart' THEN weight END) AS carts,
        SUM(CASE WHEN event_type = 'purchase' THEN weight END) AS purchases,
        SUM(CASE WHEN event_type = 'favourite' THEN weight END) AS favourites
    FROM weighted
    GROUP BY entity_id
)
SELECT
    entity_id,
    COALESCE(CAST(impressions AS {{double}}), 0) AS impressions,
    COALESCE(CAST(clicks AS {{double}}), 0) AS clicks,
    COALESCE(CAST(carts AS {{double}}), 0) AS carts,
    COALESCE(CAST(purchases AS {{double}}), 0) AS purchases,
    COALESCE(CAST(favourites AS {{double}}), 0) AS favourites
FROM sums
ORDER BY {{binary entity_id}}
