let big = [{n: 9223372036854775807}, {n: 1}]
big | summarize total = sum(n)
