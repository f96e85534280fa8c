# A pivot's column is called what print writes of the value, with _2 behind a name that is taken.
let rows = [{k: "k", v: 1.0, n: 1}, {k: "x", v: 2.5, n: 2}, {k: null, v: null, n: 3}, {k: "null", v: 1.0, n: 4}]
rows | pivot k = sum(n) by v
rows | pivot v = count() by k
rows | derive big = n > 2, day = @2024-05-01 | pivot big = max(n) by day
rows | derive k = pad_left(string(n), 2, "0") | sort n desc | pivot k = first(n) by v
