let large = decimal("99999999999999999999999999999999999999")
let rows = [{n: 1}, {n: large}]
print rows | derive m = n + 1
