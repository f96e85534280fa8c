# The same expression gives the same of one value and of a column.
let values = [7, -7, 0, null]
let rows = []
for x in values { rows = rows + [{x: x, q: x // 2, r: x % 3, d: x / 2, s: "${x}"}] }
rows | derive q2 = x // 2, r2 = x % 3, d2 = x / 2, s2 = "${x}"
     | where (q == q2 or q is null and q2 is null) and (r == r2 or r is null and r2 is null) and (d == d2 or d is null) and s == s2
     | count
