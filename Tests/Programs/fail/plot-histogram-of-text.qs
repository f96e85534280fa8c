plot [{a: "x", n: 1}] histogram x a
