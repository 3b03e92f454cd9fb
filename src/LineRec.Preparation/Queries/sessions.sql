-- Cuts each user's events into sessions: one ends where nothing happens for longer than a gap.
-- in:     events
-- out:    every event with session_no (1 for the user's first session), session_start_ms, and place in the session (1 for the first;
--         events of one moment are in order of type, item and placement)
-- params: gap_ms, the longest pause within a session, in milliseconds
-- source: M. Spiliopoulou et al., "A framework for the evaluation of session reconstruction heuristics in web-usage analysis", INFORMS J. Computing 15 (2003)
WITH pauses AS (
    SELECT
        user_id, item_id, event_type, placement, time_ms,
        MAX(time_ms) OVER (PARTITION BY user_id ORDER BY time_ms ROWS BETWEEN 1 PRECEDING AND 1 PRECEDING) AS previous_ms
    FROM {{events}} AS events
),
-- The default frame takes all events of one moment together, so it doesn't matter to which of them the session's begin falls.
numbered AS (
    SELECT
        user_id, item_id, event_type, placement, time_ms,
        CAST(SUM(CASE WHEN previous_ms IS NULL OR time_ms - previous_ms > {{gap_ms}} THEN 1 ELSE 0 END)
            OVER (PARTITION BY user_id ORDER BY time_ms) AS {{bigint}}) AS session_no
    FROM pauses
)
-- Start and place are of one window, so that it is sorted once: the least time so far is the first, events being in order of time.
SELECT
    user_id, item_id, event_type, placement, time_ms, session_no,
    MIN(time_ms) OVER (
        PARTITION BY user_id, session_no
        ORDER BY time_ms, {{binary event_type}} NULLS FIRST, {{binary item_id}} NULLS FIRST, {{binary placement}} NULLS FIRST) AS session_start_ms,
    ROW_NUMBER() OVER (
        PARTITION BY user_id, session_no
        ORDER BY time_ms, {{binary event_type}} NULLS FIRST, {{binary item_id}} NULLS FIRST, {{binary placement}} NULLS FIRST) AS place
FROM numbered
ORDER BY {{binary user_id}}, session_no, place
