-- A feature's history as the point-in-time join reads it: one row a change.
-- in:     source, any table or files; entity_id: its column with the user or the item; columns: its columns of numbers
-- out:    entity_id: text; changed_ms: milliseconds since 1970-01-01 UTC; the columns as they are
-- leaves out rows without an entity or a time
SELECT
    CAST({{entity_id}} AS {{text}}) AS entity_id,
    {{time}} AS changed_ms,
    {{columns}}
FROM {{source}} AS changes
WHERE {{entity_id}} IS NOT NULL AND {{timestamp}} IS NOT NULL
