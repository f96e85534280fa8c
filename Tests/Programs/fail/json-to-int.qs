[{p: {n: 1}}, {p: {n: "many"}}] | derive n = int(p.n)
