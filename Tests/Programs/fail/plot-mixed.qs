plot [{a: "x", n: 1, t: 5s}] y n, t
