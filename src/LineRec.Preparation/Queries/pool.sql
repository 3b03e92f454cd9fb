-- What negatives are drawn from: one row a chance of being drawn.
-- in:     source, any table or files; item_id: its column with the item
-- out:    item_id: text
-- leaves out rows without an item
SELECT CAST({{item_id}} AS {{text}}) AS item_id
FROM {{source}} AS items
WHERE {{item_id}} IS NOT NULL
