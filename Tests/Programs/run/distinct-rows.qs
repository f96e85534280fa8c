# distinct keeps the first of equal rows; with columns, the first row of each group. Nulls are equal here.
let rows = [{a: 1, b: "x"}, {a: 1, b: "x"}, {a: 1, b: "y"}, {a: null, b: "x"}, {a: null, b: "x"}]
rows | distinct | show
rows | distinct a | show
rows | distinct b | show
