# The same rows in every format.
let t = open "orders.csv" | take 3 | select id, customer, price, note
export t csv
export t tsv
export t json
export t jsonl
export t markdown
export t table
