# first and last give the value of a group's first or last row, be it null, in the order the rows have.
let rows = [{k: "a", t: 2, x: null}, {k: "b", t: 1, x: 5}, {k: "a", t: 1, x: 7}, {k: "b", t: 2, x: null}]
rows | summarize first = first(x), last = last(x) by k
rows | sort t | summarize first = first(x), last = last(x) by k
# As windows they go by the window's own order.
rows | derive first = first(x) over (by k sort t), last = last(x) over (by k sort t desc)
