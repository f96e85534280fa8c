# A sum of ints is exact: where 64 bits are too few for one of them, it is a decimal in all rows.
let most = 9223372036854775807
let rows = [{k: "big", n: most}, {k: "big", n: most}, {k: "small", n: 1}, {k: "small", n: null}]
rows | summarize total = sum(n) by k | schema
rows | summarize total = sum(n) by k
rows | where k == "small" | summarize total = sum(n) by k | schema
print sum([most, 1]), sum([most, 1, -1]), sum([most, most]) - most == most
# Arithmetic on single values does not grow; it is an error.
try { print most + 1 } catch e { print e.code }
