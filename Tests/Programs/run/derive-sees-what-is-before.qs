# In derive an expression sees the columns before it; one of the same name is replaced in its place.
let rows = [{a: 1, b: 2}]
rows | derive c = a + b, d = c * 10 | show
rows | derive a = a * 100, c = a + b | show
rows | select b, a, s = a + b | show
