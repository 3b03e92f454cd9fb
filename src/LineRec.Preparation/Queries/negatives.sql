-- Draws items that a user did not choose, for each item that they chose: training pairs for a model that needs both.
-- in:     events; pool, what is drawn from (a row a chance: a catalog draws evenly, a log of clicks by popularity)
-- out:    user_id, item_id and time_ms of what was chosen, draw (0 and on), negative_item_id
--         An item that the user chose at any time of the log is not replaced but left out: there may be fewer draws than wanted.
-- params: types, the event types that are a choice; from_ms (inclusive) and to_ms (exclusive), when the choices were made;
--         draws, how many are wanted for each; seed
-- source: S. Rendle et al., "BPR: Bayesian personalized ranking from implicit feedback", UAI 2009
-- The number of a draw comes of md5, whose bits every engine has alike, over seed, choice and draw: it depends on nothing else.
WITH chosen AS (
    SELECT user_id, item_id, time_ms
    FROM {{events}} AS events
    WHERE event_type IN ({{types}}) AND item_id IS NOT NULL
),
choices AS (
    SELECT DISTINCT user_id, item_id, time_ms
    FROM chosen
    WHERE time_ms >= {{from_ms}} AND time_ms < {{to_ms}}
),
known AS (
    SELECT DISTINCT user_id, item_id, 1 AS is_known
    FROM chosen
),
numbered AS (
    SELECT item_id, ROW_NUMBER() OVER (ORDER BY {{binary item_id}}) - 1 AS number
    FROM {{pool}} AS pool
),
size AS (
    SELECT COUNT(*) AS item_count
    FROM numbered
),
drawn AS (
    SELECT
        choices.user_id, choices.item_id, choices.time_ms, draws.draw,
        {{hash60 '{{seed}}|' || choices.user_id || '|' || choices.item_id || '|' || CAST(choices.time_ms AS {{text}}) || '|' || CAST(draws.draw AS {{text}})}} % NULLIF(size.item_count, 0) AS number
    FROM choices CROSS JOIN {{draws}} AS draws CROSS JOIN size
),
found AS (
    SELECT drawn.user_id, drawn.item_id, drawn.time_ms, drawn.draw, numbered.item_id AS negative_item_id
    FROM drawn JOIN numbered ON numbered.number = drawn.number
)
SELECT found.user_id, found.item_id, found.time_ms, found.draw, found.negative_item_id
FROM found LEFT JOIN known ON known.user_id = found.user_id AND known.item_id = found.negative_item_id
WHERE COALESCE(known.is_known, 0) = 0
ORDER BY {{binary found.user_id}}, found.time_ms, {{binary found.item_id}}, found.draw
