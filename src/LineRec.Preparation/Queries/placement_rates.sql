-- What each item's impressions came to, on each placement.
-- in:     events
-- out:    item_id, placement (null for events without one), impressions, clicks, carts, purchases; ctr = clicks / impressions and
--         cvr = purchases / clicks (null where nothing is divided by); ctr_low, the lower end of the Wilson interval of ctr (0 without impressions)
-- params: from_ms (inclusive) and to_ms (exclusive), which events count; z, the normal quantile of the interval
-- source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927)
WITH counts AS (
    SELECT
        item_id, placement,
        COUNT(CASE WHEN event_type = 'impression' THEN 1 END) AS impressions,
        COUNT(CASE WHEN event_type = 'click' THEN 1 END) AS clicks,
        COUNT(CASE WHEN event_type = 'cart' THEN 1 END) AS carts,
        COUNT(CASE WHEN event_type = 'purchase' THEN 1 END) AS purchases
    FROM {{events}} AS events
    WHERE item_id IS NOT NULL AND time_ms >= {{from_ms}} AND time_ms < {{to_ms}}
    GROUP BY item_id, placement
),
-- A log may hold more clicks than impressions; the interval's rate is at most 1.
trials AS (
    SELECT
        item_id, placement, impressions, clicks, carts, purchases,
        CAST(NULLIF(impressions, 0) AS {{double}}) AS n,
        CAST(CASE WHEN clicks < impressions THEN clicks ELSE impressions END AS {{double}}) / NULLIF(impressions, 0) AS rate,
        CAST({{z}} AS {{double}}) AS z
    FROM counts
),
bounds AS (
    SELECT
        item_id, placement, impressions, clicks, carts, purchases,
        (rate + z * z / (2 * n) - z * SQRT(rate * (1 - rate) / n + z * z / (4 * n * n))) / (1 + z * z / n) AS low
    FROM trials
)
SELECT
    item_id, placement, impressions, clicks, carts, purchases,
    CAST(clicks AS {{double}}) / NULLIF(impressions, 0) AS ctr,
    CAST(purchases AS {{double}}) / NULLIF(clicks, 0) AS cvr,
    CASE WHEN low > 0 THEN low ELSE 0 END AS ctr_low
FROM bounds
ORDER BY {{binary item_id}}, {{binary placement}} NULLS FIRST
