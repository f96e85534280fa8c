# Lists, JSON and bytes in every format, and through the embedded engine.
let t = open "nested.json"
export t csv
export t json
export t markdown
export t table

# The engine sees lists and JSON as JSON text, which its own functions read; as columns they come back as they were.
dataset nested = "nested.json"
let j = run "select k, l, p, d, l -> 0 as first, json_extract(p, '$.n') as n from nested order by k"
export j jsonl
j | derive last = l[-1], n2 = p.n, day = d[0] | select last, n2, day, first | export json
let u = run "select k, value from nested, json_each(nested.l)"
u | export csv

# Blobs are bytes.
let b = run "select x'00ff41' as b union all select null union all select x''"
export b csv
export b jsonl
export b table
b | derive n = len(b), text = string(b), same = b == b | select n, text, same
print j[0].l, j[0].p.tags, b[0].b, len(b[0].b)
b | summarize n = count() by b
