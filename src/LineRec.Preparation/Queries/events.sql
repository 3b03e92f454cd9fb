-- The log as the other queries read it: one row an event, under the data contract's names.
-- in:     source, any table or files of events; user_id, item_id, event_type, placement: its columns
-- out:    user_id, item_id (null for a search), event_type, placement (null for unknown): text; time_ms: milliseconds since 1970-01-01 UTC
-- leaves out rows without a user or a time, which belong to nobody or to no moment
SELECT
    CAST({{user_id}} AS {{text}}) AS user_id,
    CAST({{item_id}} AS {{text}}) AS item_id,
    CAST({{event_type}} AS {{text}}) AS event_type,
    CAST({{placement}} AS {{text}}) AS placement,
    {{time}} AS time_ms
FROM {{source}} AS log
WHERE {{user_id}} IS NOT NULL AND {{timestamp}} IS NOT NULL
