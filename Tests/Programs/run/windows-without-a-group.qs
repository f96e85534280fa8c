# Without `by` all rows are one group, and without `sort` they stand as they come.
let rows = [{k: "b", n: 3}, {k: "a", n: null}, {k: "b", n: 1}, {k: "a", n: 4}]
rows | derive row = row_number() over (), sorted = row_number() over (sort n), place = rank() over (by k sort n desc)
rows | derive share = n / sum(n) over (), so_far = cumsum(n) over (), of_group = cumsum(n) over (by k)
rows | derive before = lag(n) over (), two = lag(n, 2) over (), next = lead(k) over (), average = moving_avg(n, 2) over ()
