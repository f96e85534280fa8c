# Groups come in the order of their first rows; a null is a group too.
let rows = [{g: "b", n: 1}, {g: null, n: 2}, {g: "a", n: 3}, {g: "b", n: 4}, {g: null, n: 5}]
rows | summarize total = sum(n), first = first(n), last = last(n) by g | show
rows | summarize n = count() by big = n > 2 | show
