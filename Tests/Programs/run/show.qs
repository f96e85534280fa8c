# show writes rows as CSV off a terminal, and any other value as text.
show [{a: 1, b: "x, y"}]
show [1, "a"]
show {x: 1}
show "text"
show null
3 | show
