-- Gives each event what was known of its user or item just before it: the last change strictly earlier than the event, never a later one.
-- in:     events; history, the changes of the user's or item's columns
-- out:    every event with changed_ms (null where nothing was known) and the history's columns as of then
--         Of several changes in one moment the one with the greatest values counts, null being less than any.
-- params: entity, "user_id" or "item_id": whose history it is; columns, the history's columns
-- source: the point-in-time join of feature stores (Feast, "Point-in-time joins")
-- No engine's own as-of join is used (not all have one): an event's version is the number of changes before it, and versions are joined by equality.
WITH versions AS (
    SELECT
        entity_id, changed_ms,
        ROW_NUMBER() OVER (PARTITION BY entity_id ORDER BY changed_ms, {{columns_in_order}}) AS version,
        {{columns}}
    FROM {{history}} AS history
),
both_kinds AS (
    SELECT {{entity}} AS entity_id, time_ms, 0 AS is_change, user_id, item_id, event_type, placement
    FROM {{events}} AS events
    UNION ALL
    SELECT
        entity_id, changed_ms AS time_ms, 1 AS is_change,
        CAST(NULL AS {{text}}) AS user_id, CAST(NULL AS {{text}}) AS item_id, CAST(NULL AS {{text}}) AS event_type, CAST(NULL AS {{text}}) AS placement
    FROM versions
),
-- Events come before the changes of the same moment.
counted AS (
    SELECT
        entity_id, time_ms, is_change, user_id, item_id, event_type, placement,
        CAST(SUM(is_change) OVER (PARTITION BY entity_id ORDER BY time_ms, is_change ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS {{bigint}}) AS version
    FROM both_kinds
)
SELECT
    counted.user_id, counted.item_id, counted.event_type, counted.placement, counted.time_ms,
    versions.changed_ms, {{columns_of_versions}}
FROM counted LEFT JOIN versions ON versions.entity_id = counted.entity_id AND versions.version = counted.version
WHERE counted.is_change = 0
ORDER BY
    {{binary counted.user_id}}, counted.time_ms,
    {{binary counted.event_type}} NULLS FIRST, {{binary counted.item_id}} NULLS FIRST, {{binary counted.placement}} NULLS FIRST
