let big = [{n: decimal("99999999999999999999999999999999999999")}, {n: 1}]
big | summarize total = sum(n)
