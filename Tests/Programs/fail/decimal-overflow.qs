let rows = [{n: 1}, {n: decimal("99999999999999999999999999999999999999")}]
rows | derive m = n + 1
