[{data: {n: 1}}] | derive m = data.n + 1
