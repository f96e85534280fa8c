# Aggregates skip nulls; of no values at all they give null, and counts 0.
let rows = [{n: 1, x: null}, {n: null, x: null}, {n: 3, x: null}]
rows | summarize sum = sum(n), avg = avg(n), low = min(n), high = max(n), n = count(n) | show
rows | summarize sum = sum(float(x)), n = count(x), different = count_distinct(x) | show
rows | where n > 10 | summarize sum = sum(n), n = count() | show
