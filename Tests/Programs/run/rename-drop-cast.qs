# rename gives names all at once, drop takes columns away, cast converts and never changes a value unseen.
let rows = [{a: 1, b: 2, c: "3"}]
rows | rename b = a, a = b | show
rows | drop a, c | show
rows | cast a = string, c = int | schema
try { [{c: "x"}] | cast c = int } catch e { print e.code }
